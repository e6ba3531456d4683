using LogView.Client.Language;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace LogView.Client.Shared;

/// <summary>
/// Event text with matches marked. The text is hostile: it is only ever written as text nodes, never as markup. Spans may come in
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
        int at = 0;
        foreach (TextRange span in Spans.OrderBy(s => s.Start))
        {
            int start = Math.Clamp(span.Start, at, Text.Length);
            int end = Math.Clamp(span.End, start, Text.Length);
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

        builder.AddContent(3, at == 0 ? Text : Text[at..]);
    }
}
