using System.Globalization;
using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage;
using LogView.Server.Storage.Embedded;

namespace LogView.Tests.Storage.Embedded.Durable;

/// <summary>Plain events for tests about files, and what a store has of them.</summary>
internal static class StoredEvents
{
    /// <summary>Midnight of 2026-11-01, the day 0 of these tests.</summary>
    public static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_793_491_200_000);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>One event a millisecond from midnight of the day on; their ids are <c>id-</c> and the sequence.</summary>
    public static LogEvent[] Batch(long first, int count, int day = 0, string stream = "logs-a", bool given = true) => [.. Enumerable.Range(0, count).Select(i => new LogEvent
    {
        Id = new EventId(string.Create(CultureInfo.InvariantCulture, $"id-{first + i}")),
        IsIdGiven = given,
        DataStream = DataStreamName.Parse(stream),
        Timestamp = Start.Add(TimeSpan.FromDays(day) + TimeSpan.FromMilliseconds(first + i)),
        Sequence = first + i,
        Source = Encoding.UTF8.GetBytes($$"""{"message":"event {{first + i}} of many","level":"info","n":{{first + i}}}"""),
    })];

    /// <summary>Writes them and waits for their segment.</summary>
    public static async Task WriteSegmentAsync(this EmbeddedEventStore store, LogEvent[] events)
    {
        await store.WriteAsync(events, Cancel);
        await store.SealAllAsync(Cancel);
    }

    /// <summary>Sequences of all events, ascending; fails when an event is there twice.</summary>
    public static async Task<long[]> SequencesAsync(this IEventStore store)
    {
        var found = new List<long>();
        string? after = null;
        do
        {
            SearchResult page = await store.SearchAsync(
                new StoreSearch { DataStreams = _ => true, Now = default, Size = 10_000, After = after }, progress: null, Cancel);
            found.AddRange(page.Hits.Select(h => h.Event.Sequence));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(found.Count, found.Distinct().Count());
        return [.. found.Order()];
    }

    public static async Task<SearchResult> AllAsync(this IEventStore store) =>
        await store.SearchAsync(new StoreSearch { DataStreams = _ => true, Now = default, Size = 0 }, progress: null, Cancel);

    /// <summary>Numbers from one to another, both among them.</summary>
    public static long[] Numbers(int from, int to) => [.. Enumerable.Range(from, to - from + 1).Select(i => (long)i)];
}
