using LogView.Client.Language;
using Microsoft.AspNetCore.Components;

namespace LogView.Client.Shared.Traces;

/// <summary>Event text of several lines with the frames of frameworks folded, each run opened and folded again by a click. A run with a match in it is never folded.</summary>
public partial class TraceText
{
    private readonly HashSet<int> _opened = [];
    private string? _text;
    private IReadOnlyList<TextRange>? _spans;
    private List<Piece> _pieces = [];

    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    [Parameter]
    public IReadOnlyList<TextRange> Spans { get; set; } = [];

    /// <summary>Everything is shown.</summary>
    [Parameter]
    public bool IsWhole { get; set; }

    /// <summary>Lines that are shown of a text as long as nobody opens a run.</summary>
    public static int ShownLines(string text) => TraceFolds.Of(text).Sum(p => p.Frames > 0 ? 1 : p.Lines);

    protected override void OnParametersSet()
    {
        bool isOther = !string.Equals(_text, Text, StringComparison.Ordinal);
        if (isOther || !ReferenceEquals(_spans, Spans))
        {
            (_text, _spans) = (Text, Spans);
            _pieces = [.. TraceFolds.Of(Text).Select(p => new Piece(p, Text[p.Start..p.End], SpansIn(p)))];
        }

        if (isOther)
        {
            _opened.Clear();
        }
    }

    private bool MayFold(Piece piece) => piece.Part.Frames > 0 && piece.Spans.Count == 0 && !IsWhole;

    private void Toggle(Piece piece)
    {
        if (!_opened.Remove(piece.Part.Start))
        {
            _opened.Add(piece.Part.Start);
        }
    }

    private TextRange[] SpansIn(TracePart part) =>
    [
        .. Spans.Where(s => s.Start < part.End && s.End > part.Start).Select(s => (Start: Math.Max(s.Start, part.Start), End: Math.Min(s.End, part.End)))
            .Select(s => new TextRange(s.Start - part.Start, s.End - s.Start)),
    ];

    private sealed record Piece(TracePart Part, string Text, IReadOnlyList<TextRange> Spans);
}
