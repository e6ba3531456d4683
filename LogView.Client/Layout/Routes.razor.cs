using Microsoft.AspNetCore.Components;

namespace LogView.Client.Layout;

/// <summary>From an address to its page. What the page was asked for with is a parameter, which an interactive page gets even where its prerendered state is not kept: on a 404.</summary>
public partial class Routes
{
    /// <summary>That of the request's cookie.</summary>
    [Parameter, EditorRequired]
    public ThemeChoice Theme { get; set; } = default!;
}
