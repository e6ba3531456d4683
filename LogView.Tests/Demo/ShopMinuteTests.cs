using System.Text;
using System.Text.Json;
using LogView.Server.Demo;
using LogView.Server.Demo.Shop;

namespace LogView.Tests.Demo;

public sealed class ShopMinuteTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);
    private readonly ShopMinute _shop = new(new DemoOptions());

    [Fact]
    public void Write_SameMinuteTwice_IsTheSame()
    {
        List<(string Id, DemoEvent Event)> first = [.. _shop.Write(Noon, density: 1)];
        List<(string Id, DemoEvent Event)> second = [.. new ShopMinute(new DemoOptions()).Write(Noon, density: 1)];

        Assert.Equal(first.Select(e => (e.Id, Text(e.Event))), second.Select(e => (e.Id, Text(e.Event))));
        Assert.Equal(first.Count, first.Select(e => e.Id).Distinct().Count());
    }

    [Fact]
    public void Write_ThinnerMinute_IsASubset()
    {
        HashSet<(string, string)> all = [.. _shop.Write(Noon, density: 1).Select(e => (e.Id, Text(e.Event)))];
        List<(string, string)> some = [.. _shop.Write(Noon, density: 0.3).Select(e => (e.Id, Text(e.Event)))];

        Assert.InRange(some.Count, 1, all.Count - 1);
        Assert.All(some, e => Assert.Contains(e, all));
    }

    [Fact]
    public void Write_ADay_HasWhatALogViewerIsFor()
    {
        List<string> day = [.. Enumerable.Range(0, 24 * 60).SelectMany(m => _shop.Write(Noon.AddMinutes(m), density: 0.35)).Select(e => Text(e.Event))];

        Assert.InRange(day.Count, 30_000, 90_000);
        string[] expected =
        [
            "\"log.level\":\"fatal\"", "\"level\":\"ERROR\"", "결제 실패", "Traceback (most recent call last)", "Caused by: java.net", "--- End of stack trace", "Slow query took",
            "Deployed payment", "Rolled back payment", "attempt 3 of 3",
        ];
        Assert.All(expected, text => Assert.Contains(day, e => e.Contains(text, StringComparison.Ordinal)));
    }

    [Fact]
    public void Write_AnyEvent_IsJsonWithTheFieldsOfTheCommonSchema()
    {
        foreach ((_, DemoEvent made) in _shop.Write(Noon, density: 1))
        {
            using JsonDocument json = JsonDocument.Parse(made.Source);
            foreach (string field in new[] { "@timestamp", "message", "service.name", "host.name", "trace.id" })
            {
                Assert.True(json.RootElement.TryGetProperty(field, out _), $"{field} is missing in {Text(made)}");
            }
        }
    }

    [Fact]
    public void Incident_OverADay_RisesForTenMinutesAndEnds()
    {
        IncidentPlan plan = new(seed: 1);
        double[] severity = [.. Enumerable.Range(0, 24 * 60).Select(m => plan.SeverityAt(Noon.AddMinutes(m)))];

        Assert.Contains(severity, s => s > 0.7);
        Assert.InRange(severity.Count(s => s > 0), 24 * 60 / 100 * 10, 24 * 60 / 4);
    }

    private static string Text(DemoEvent made) => Encoding.UTF8.GetString(made.Source.Span);
}
