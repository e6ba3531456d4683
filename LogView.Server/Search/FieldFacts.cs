using System.Collections.Concurrent;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;

namespace LogView.Server.Search;

/// <summary>
/// What notes lately found out about fields. A page asks for rows, counts and a chart with one query, and asks again as time goes by: the store is not asked the same each time, which on
/// a cluster takes as long as the search. Safe from any thread.
/// </summary>
internal sealed class FieldFacts(TimeProvider clock)
{
    /// <summary>A field whose last event was deleted is taken for a known one this long.</summary>
    public static readonly TimeSpan KnownFor = TimeSpan.FromMinutes(1);

    /// <summary>A type conflict may come or go unseen this long.</summary>
    public static readonly TimeSpan SampledFor = TimeSpan.FromSeconds(10);

    private const int MaxKnown = 10_000;
    private const int MaxSamples = 16;

    private readonly ConcurrentDictionary<(string Scope, string Field), long> _known = new();
    private readonly ConcurrentDictionary<(string Scope, TimeRange Range), (ConflictSample Sample, long Taken)> _samples = new();

    /// <summary>Names the data streams that a viewer's search looks at.</summary>
    public static string Scope(SearchRequest request, Viewer viewer) => string.Join('\n', [request.DataStream ?? "", .. viewer.DataStreams]);

    /// <summary>True when events with the field were seen in the scope lately.</summary>
    public bool Has(string scope, string field) => _known.TryGetValue((scope, field), out long seen) && clock.GetElapsedTime(seen) < KnownFor;

    public void Saw(string scope, IEnumerable<string> fields)
    {
        if (_known.Count > MaxKnown)
        {
            _known.Clear();
        }

        foreach (string field in fields)
        {
            _known[(scope, field)] = clock.GetTimestamp();
        }
    }

    /// <summary>Conflicts among the newest events of a scope and range, from the store unless they were read lately.</summary>
    public async Task<ConflictSample> SampleAsync(string scope, TimeRange range, Func<Task<ConflictSample>> read)
    {
        if (_samples.TryGetValue((scope, range), out (ConflictSample Sample, long Taken) kept) && clock.GetElapsedTime(kept.Taken) < SampledFor)
        {
            return kept.Sample;
        }

        ConflictSample sample = await read();
        if (_samples.Count >= MaxSamples)
        {
            _samples.Clear();
        }

        _samples[(scope, range)] = (sample, clock.GetTimestamp());
        return sample;
    }
}
