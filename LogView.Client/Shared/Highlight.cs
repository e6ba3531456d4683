using LogView.Client.Language;
using LogView.Client.Shared.Terminal;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace LogView.Client.Shared;

/// <summary>
/// Event text with matches marked, and with the colours that its program wrote for a terminal. The text is hostile: it is only ever written as text nodes, never as markup. Spans may come in
/// any order, overlap or reach past the end.
/// </summary>
public sealed class Highlight : ComponentBase
{
    private string? _text;
    private IReadOnlyList<TextRange>? _spans;

    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    [Parameter]
    public IReadOnlyList<TextRange> Spans { get; set; } = [];

    protected override bool ShouldRender()
    {
        bool changed = !ReferenceEquals(_text, Text) || !ReferenceEquals(_spans, Spans);
        (_text, _spans) = (Text, Spans);
        return changed;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (!AnsiText.IsIn(Text))
        {
            Write(builder, 0, Text.Length);
            return;
        }

        foreach (AnsiPiece piece in AnsiText.Pieces(Text))
        {
            builder.OpenElement(4, "span");
            builder.AddAttribute(5, "class", piece.Class);
            Write(builder, piece.Start, piece.End);
            builder.CloseElement();
        }
    }

    /// <summary>A part of the text, with the matches in it.</summary>
    private void Write(RenderTreeBuilder builder, int from, int to)
    {
        int at = from;
        foreach (TextRange span in Spans.OrderBy(s => s.Start))
        {
            int start = Math.Clamp(span.Start, at, to);
            int end = Math.Clamp(span.End, start, to);
            if (end == start)
            {
                continue;
            }

            builder.AddContent(0, Text[at..start]);
            builder.OpenElement(1, "mark");
            builder.AddContent(2, Text[start..end]);
            builder.CloseElement();
            at = end;
        }

        builder.AddContent(3, at == 0 && to == Text.Length ? Text : Text[at..to]);
    }
}
