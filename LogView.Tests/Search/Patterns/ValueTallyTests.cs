using System.Globalization;
using LogView.Client.Contracts.Events;
using LogView.Server.Search.Patterns;

namespace LogView.Tests.Search.Patterns;

public sealed class ValueTallyTests
{
    private readonly ValueTally _tally = new();

    [Fact]
    public void Changes_NewGoneAndGrownValues_AreTheSurestFirst()
    {
        Add(40, isBefore: true, ("service.name", "cart"), ("region", "eu"), ("version", "1"));
        Add(40, isBefore: false, ("service.name", "cart"), ("region", "eu"), ("version", "2"));
        Add(60, isBefore: false, ("service.name", "search"), ("region", "eu"));

        Assert.Equal(["service.name search 60/0", "region eu 100/40", "version 1 0/40", "version 2 40/0"], Told().OrderBy(t => t.StartsWith("version", StringComparison.Ordinal)));
    }

    [Fact]
    public void Changes_IdsTextsAndTimes_AreLeftOut()
    {
        for (int i = 0; i < 200; i++)
        {
            string id = i.ToString(CultureInfo.InvariantCulture);
            Add(1, isBefore: i % 2 == 0, ("trace.id", id), ("message", "same"), ("many", (i % 150).ToString(CultureInfo.InvariantCulture)));
        }

        Assert.Empty(Told());
    }

    private void Add(int events, bool isBefore, params (string Name, string Value)[] fields)
    {
        for (int i = 0; i < events; i++)
        {
            _tally.Add(new EventFields([.. fields.Select(f => new EventField(f.Name, [FieldValue.Of(f.Value)]))]), isBefore);
        }
    }

    private IEnumerable<string> Told() => _tally.Changes().Select(c => $"{c.Field} {c.Value} {c.Count}/{c.Before}");
}
