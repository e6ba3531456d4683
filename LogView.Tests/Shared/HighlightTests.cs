using Bunit;
using LogView.Client.Language;
using LogView.Client.Shared;
using LogView.Tests.Testing;

namespace LogView.Tests.Shared;

public class HighlightTests : UiTest
{
    [Fact]
    public void Render_HostileText_StaysText()
    {
        IRenderedComponent<Highlight> text = Render<Highlight>(p => p.Add(c => c.Text, "<img src=x onerror=alert(1)> & more"));

        Assert.Empty(text.FindAll("img"));
        Assert.Equal("<img src=x onerror=alert(1)> & more", text.Nodes.Single().TextContent);
    }

    [Fact]
    public void Render_SpansInAnyOrderAndPastTheEnd_MarksWhatIsThere()
    {
        TextRange[] spans = [new(8, 100), new(0, 3), new(2, 3)];

        IRenderedComponent<Highlight> text = Render<Highlight>(p => p.Add(c => c.Text, "timed out at").Add(c => c.Spans, spans));

        Assert.Equal(["tim", "ed", "t at"], text.FindAll("mark").Select(m => m.TextContent));
        text.MarkupMatches("<mark>tim</mark><mark>ed</mark> ou<mark>t at</mark>");
    }
}
