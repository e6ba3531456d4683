using LogView.Client.Contracts.Setup;
using LogView.Client.Discover.Empty;

namespace LogView.Tests.Discover.Empty;

public class ShipperExamplesTests
{
    [Fact]
    public void For_ElasticPort_NamesIt()
    {
        IReadOnlyList<(string Title, string Text)> examples = ShipperExamples.For(new FirstRunOffer("http://10.0.0.5:5700", "http://10.0.0.5:9200", CanFollowVarLog: false, IngestNeedsKey: false));

        Assert.Contains("http://10.0.0.5:5700/ingest/logs-shell-default", examples[0].Text, StringComparison.Ordinal);
        Assert.Contains("hosts: [\"http://10.0.0.5:9200\"]", examples[1].Text, StringComparison.Ordinal);
        Assert.Contains("serverport=\"9200\"", examples.Single(e => e.Title == "rsyslog").Text, StringComparison.Ordinal);
        Assert.DoesNotContain(examples, e => e.Text.Contains("YOUR_KEY", StringComparison.Ordinal));
    }

    [Fact]
    public void For_NoElasticPort_UsesThePathAndLeavesOutWhatCannot()
    {
        IReadOnlyList<(string Title, string Text)> examples = ShipperExamples.For(new FirstRunOffer("http://10.0.0.5:5700", null, CanFollowVarLog: false, IngestNeedsKey: true));

        Assert.Contains("http://10.0.0.5:5700/elastic", examples[1].Text, StringComparison.Ordinal);
        Assert.Contains("/elastic", examples.Single(e => e.Title == "Fluent Bit").Text, StringComparison.Ordinal);
        Assert.DoesNotContain(examples, e => e.Title == "rsyslog");
        Assert.All(examples, e => Assert.Contains("YOUR_KEY", e.Text, StringComparison.Ordinal));
    }
}
