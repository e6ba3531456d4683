using LogView.Server.Storage.Embedded.Heads;

namespace LogView.Tests.Storage.Embedded.Heads;

public sealed class HeadEntriesTests
{
    [Theory]
    [InlineData(new[] { 0, 1, 2, 3, 4, 5, 6 })]
    [InlineData(new[] { 1, 2, 3 })]
    [InlineData(new[] { 0, 1, 2, 5, 6, 9 })]
    [InlineData(new[] { 0, 1, 1, 2, 4 })]
    [InlineData(new[] { 0, 0, 0 })]
    public void Docs_OfEntries_AreThoseAdded(int[] docs)
    {
        var entries = new HeadEntries<long>();
        foreach (int doc in docs)
        {
            entries.Add(doc, doc * 10L);
        }

        Assert.Equal(docs, entries.Docs.AsSpan(0, entries.Count).ToArray());
        Assert.Equal(docs.Select(d => d * 10L), entries.Values.AsSpan(0, entries.Count).ToArray());
        for (int doc = 0; doc < 11; doc++)
        {
            Assert.Equal(docs.Count(d => d < doc), entries.CountBefore(doc));
        }
    }

    [Fact]
    public void LastRepeated_AfterARepeat_IsItsEvent()
    {
        var entries = new HeadEntries<int>();
        entries.Add(0, 1);
        entries.Add(1, 1);
        int before = entries.LastRepeated;

        entries.Add(1, 2);

        Assert.Equal((-1, 1), (before, entries.LastRepeated));
    }

    [Fact]
    public void Truncate_ThenAGap_KeepsWhatWasBefore()
    {
        var entries = new HeadEntries<int>();
        for (int doc = 0; doc < 100; doc++)
        {
            entries.Add(doc, doc);
        }

        entries.Truncate(3);
        entries.Add(7, 7);

        Assert.Equal([0, 1, 2, 7], entries.Docs.AsSpan(0, entries.Count).ToArray());
    }
}
