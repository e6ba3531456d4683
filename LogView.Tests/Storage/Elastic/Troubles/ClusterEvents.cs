using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Language;
using LogView.Server.Storage;

namespace LogView.Tests.Storage.Elastic.Troubles;

/// <summary>Events in a row for one data stream, and what is found of them.</summary>
internal sealed class ClusterEvents(string stream)
{
    private long _sequence;

    public static StoreSearch All => new() { DataStreams = _ => true, Now = default };

    /// <summary>The last that was made.</summary>
    public long Sequence => _sequence;

    public LogEvent[] Next(int count, string source = """{"message":"hello world","n":1}""") => [.. Enumerable.Range(0, count).Select(_ => Next(source))];

    public LogEvent Next(string source)
    {
        long sequence = ++_sequence;
        return new LogEvent
        {
            Id = new EventId($"e{sequence}"), DataStream = DataStreamName.Parse(stream), Timestamp = new Timestamp(1_793_491_200_000_000_000 + sequence * 1_000_000), Sequence = sequence,
            Source = Encoding.UTF8.GetBytes(source),
        };
    }

    public static async Task<IReadOnlyList<Hit>> FindAsync(IEventStore store, string query)
    {
        SearchResult found = await store.SearchAsync(
            All with { Query = QueryParser.Parse(query).Node!, Size = 10_000, Sort = [new SortField("@timestamp", SortOrder.Asc)] }, progress: null, TestContext.Current.CancellationToken);
        Assert.Equal(SearchStatus.Complete, found.Status);
        return found.Hits;
    }
}
