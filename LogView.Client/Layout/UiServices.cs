using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor;
using MudBlazor.Services;

namespace LogView.Client.Layout;

/// <summary>The pages as one part of the host.</summary>
public static class UiServices
{
    /// <summary>Bytes a browser may send in one message. A query of 16,384 Korean characters is 48 kB; SignalR's default is 32 kB.</summary>
    private const int MaxMessageBytes = 256 * 1024;

    private static readonly string[] Cultures = ["en", "ko"];

    public static IServiceCollection AddUi(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(o => o.MaximumReceiveMessageSize = MaxMessageBytes);
        services.Configure<RequestLocalizationOptions>(o => o.SetDefaultCulture("en").AddSupportedUICultures(Cultures));
        services.AddCascadingAuthenticationState();
        return services.AddComponentServices();
    }

    /// <summary>What components need wherever they are drawn.</summary>
    internal static IServiceCollection AddComponentServices(this IServiceCollection services)
    {
        services.AddMudServices(o =>
        {
            o.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomCenter;
            o.SnackbarConfiguration.VisibleStateDuration = 3_000;
        });
        services.AddLocalization();
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }

    /// <summary>
    /// Static files and every page. Needs <c>UseAuthentication</c>, <c>UseAuthorization</c>, <c>UseAntiforgery</c> and
    /// <c>UseRequestLocalization</c> before it, and response compression for MudBlazor's files.
    /// </summary>
    public static RazorComponentsEndpointConventionBuilder MapUi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapStaticAssets().AllowAnonymous();
        return endpoints.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
