using System.Globalization;
using LogView.Client.Contracts.Search;
using LogView.Client.Shared.Terminal;
using Microsoft.AspNetCore.Components;

namespace LogView.Client.Discover.Patterns;

/// <summary>Changes in words and numbers, each with its filter.</summary>
public partial class ChangeTable
{
    [Parameter, EditorRequired]
    public IReadOnlyList<ChangeRow> Rows { get; set; } = [];

    [Parameter]
    public EventCallback<SearchFilter> OnFilter { get; set; }

    private static string Full(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Name(ChangeRow row) => row.Filter.Pattern is { } pattern ? AnsiText.Plain(pattern) : $"{row.Filter.Field} {row.Filter.Is}";

    private string Words(ChangeRow row) => row.Kind switch
    {
        ChangeKind.New => Text["new"],
        ChangeKind.Gone => Text["gone"],
        ChangeKind.Grown => $"× {((double)row.Count / row.Before).ToString("0.#", CultureInfo.InvariantCulture)}",
        _ => $"÷ {((double)row.Before / row.Count).ToString("0.#", CultureInfo.InvariantCulture)}",
    };
}
