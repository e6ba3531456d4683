using LogView.Client.Language;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Events;
using LogView.Client.Shared;
using LogView.Client.Shared.Traces;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace LogView.Client.Discover.Detail;

/// <summary>The fields of an event, each with what can be done with its value.</summary>
public partial class FieldsTab
{
    /// <summary>Fields drawn; an event may have 10,000, which are found by searching.</summary>
    private const int MaxFields = 200;

    /// <summary>Lines of a value before it is folded.</summary>
    private const int FoldedLines = 24;

    /// <summary>Characters of a value drawn unless opened: a line may be a megabyte.</summary>
    private const int FoldedCharacters = 4_000;

    /// <summary>The same of a value of several lines: a stack trace of some hundred lines, whose frames are folded.</summary>
    private const int FoldedLinesCharacters = 64_000;

    private readonly HashSet<string> _opened = new(StringComparer.Ordinal);
    private readonly HashSet<string> _exact = new(StringComparer.Ordinal);
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

    private Drawn Draw(EventField field)
    {
        string value = Joined(field);
        string? indented = field.Values.Count == 1 ? ValueText.Indented(value) : null;
        string shown = indented is null || _exact.Contains(field.Name) ? value : indented;
        bool isOpened = _opened.Contains(field.Name);
        int lines = ValueText.Lines(shown), folded = lines == 1 ? 1 : TraceText.ShownLines(shown);
        string text = isOpened ? shown : Cut(shown, lines == 1 ? FoldedCharacters : FoldedLinesCharacters);
        return new Drawn(value, text, IsJson: indented is not null, lines, IsOpened: isOpened, IsClamped: !isOpened && folded > FoldedLines, HasMore: text.Length < shown.Length || shown.Length > (lines == 1 ? FoldedCharacters : FoldedLinesCharacters) || folded > FoldedLines || folded < lines);
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    private IReadOnlyList<TextRange> Marks(string name, string text) => Marker?.Invoke(name, text) ?? [];

    private static void Toggle(HashSet<string> names, string name)
    {
        if (!names.Remove(name))
        {
            names.Add(name);
        }
    }

    private Task FilterAsync(EventField field, bool not) => OnFilter.InvokeAsync(ValueFilters.For(field.Name, field.Values, not));

    /// <summary>How a value is drawn.</summary>
    /// <param name="Value">As it was sent.</param>
    /// <param name="Text">What is drawn of it.</param>
    /// <param name="IsJson">It is JSON, and may be drawn indented.</param>
    /// <param name="Lines">Lines of all of it.</param>
    /// <param name="IsOpened">Somebody asked for all of it.</param>
    /// <param name="IsClamped">Only its first lines are shown.</param>
    /// <param name="HasMore">Unless it is opened, something of it is not shown.</param>
    private readonly record struct Drawn(string Value, string Text, bool IsJson, int Lines, bool IsOpened, bool IsClamped, bool HasMore);
}
