using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Components.Routing;

namespace LogView.Client.Layout;

/// <summary>The document around every page. Pages are interactive unless they carry <see cref="ExcludeFromInteractiveRoutingAttribute"/>.</summary>
public partial class App
{
    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    private ThemeChoice Theme => ThemeChoice.FromCookie(HttpContext.Request.Cookies[ThemeChoice.CookieName]);

    private IComponentRenderMode? PageMode => HttpContext.AcceptsInteractiveRouting() ? RenderMode.InteractiveServer : null;
}
