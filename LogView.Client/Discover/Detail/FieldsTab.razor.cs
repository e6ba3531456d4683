using LogView.Client.Language;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Events;
using LogView.Client.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace LogView.Client.Discover.Detail;

/// <summary>The fields of an event, each with what can be done with its value.</summary>
public partial class FieldsTab
{
    /// <summary>Fields drawn; an event may have 10,000, which are found by searching.</summary>
    private const int MaxFields = 200;

    /// <summary>Lines of a value before it is folded.</summary>
    private const int FoldedLines = 14;

    /// <summary>Characters of a value drawn unless opened: a line may be a megabyte.</summary>
    private const int FoldedCharacters = 4_000;

    private readonly HashSet<string> _opened = new(StringComparer.Ordinal);
    private string _search = "";
    private int _hidden;

    [Parameter, EditorRequired]
    public Hit Hit { get; set; } = default!;

    [Parameter]
    public IReadOnlyList<string> Columns { get; set; } = [];

    [Parameter]
    public TextMarker? Marker { get; set; }

    [Parameter]
    public EventCallback<SearchFilter> OnFilter { get; set; }

    [Parameter]
    public EventCallback<string> OnToggleColumn { get; set; }

    [Inject]
    private IStringLocalizer<DiscoverText> Text { get; set; } = default!;

    /// <summary>The message first, then by name.</summary>
    private List<EventField> Shown
    {
        get
        {
            EventField[] fitting =
            [
                .. Hit.Fields
                    .Where(f => f.Name.Contains(_search, StringComparison.OrdinalIgnoreCase) || f.Values.Any(v => v.ToString().Contains(_search, StringComparison.OrdinalIgnoreCase)))
                    .OrderBy(f => f.Name is "message" ? 0 : 1).ThenBy(f => f.Name, StringComparer.Ordinal),
            ];
            _hidden = Math.Max(0, fitting.Length - MaxFields);
            return [.. fitting.Take(MaxFields)];
        }
    }

    private static string Joined(EventField field) =>
        field.Values.Count == 1 ? field.Values[0].ToString() : string.Join(", ", field.Values.Select(v => v.ToString()));

    private static int Lines(string value) => value.AsSpan().TrimEnd("\r\n").Count('\n') + 1;

    private static bool IsLong(string value) => value.Length > FoldedCharacters || Lines(value) > FoldedLines;

    private string Cut(string name, string value)
    {
        if (value.Length <= FoldedCharacters || _opened.Contains(name))
        {
            return value;
        }

        return value[..(char.IsHighSurrogate(value[FoldedCharacters - 1]) ? FoldedCharacters - 1 : FoldedCharacters)];
    }

    private IReadOnlyList<TextRange> Marks(string name, string value) => Marker?.Invoke(name, Cut(name, value)) ?? [];

    private void Toggle(string name)
    {
        if (!_opened.Remove(name))
        {
            _opened.Add(name);
        }
    }

    private Task FilterAsync(EventField field, bool not) => OnFilter.InvokeAsync(ValueFilters.For(field.Name, field.Values, not));
}
