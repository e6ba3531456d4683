using LogView.Client.Contracts.Search;
using Microsoft.AspNetCore.Components;

namespace LogView.Client.Shared.Filtering;

/// <summary>Values of a field that contain a text, most frequent first.</summary>
public delegate Task<IReadOnlyList<string>> FieldValueProvider(string field, string? contains, CancellationToken cancellationToken);

/// <summary>The filters ANDed to a query: each can be edited, turned round, switched off and removed.</summary>
public partial class FilterPills
{
    [Parameter, EditorRequired]
    public IReadOnlyList<SearchFilter> Filters { get; set; } = [];

    [Parameter]
    public EventCallback<IReadOnlyList<SearchFilter>> FiltersChanged { get; set; }

    /// <summary>Offered while a field is typed.</summary>
    [Parameter]
    public IReadOnlyList<string> FieldNames { get; set; } = [];

    /// <summary>Offers values while one is typed.</summary>
    [Parameter]
    public FieldValueProvider? Values { get; set; }

    private Task SetAsync(int at, SearchFilter filter) => FiltersChanged.InvokeAsync(Filters.Replace(at, filter));
}
