using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage;

namespace LogView.Server.Search.Patterns;

/// <summary>Reads the events of a search, all or a sample from all over its time range, and sorts their messages into patterns. One reading each.</summary>
/// <param name="store">The engine.</param>
/// <param name="search">Which events.</param>
/// <param name="before">The same in the window before; null: not asked for.</param>
/// <param name="request">As checked.</param>
/// <param name="lastSequence">Events accepted later are left out.</param>
/// <param name="clock">Paces the progress.</param>
internal sealed class PatternReader(IEventStore store, StoreSearch search, StoreSearch? before, PatternRequest request, long lastSequence, TimeProvider clock)
{
    /// <summary>Events between two looks at the clock.</summary>
    private const int EventsPerLook = 1_000;

    private const int EventsPerPage = 2_000;

    private static readonly TimeSpan ProgressPace = TimeSpan.FromSeconds(1);

    private WindowBuckets _now = new([], [], []);
    private WindowBuckets _before = new([], [], []);
    private PatternMiner _miner = new(buckets: 1);
    private readonly FieldReader _field = new(request.Field);
    private readonly ValueTally _values = new();
    private long _events;
    private long _eventsBefore;
    private long _withoutText;
    private bool _isSample;

    /// <summary>Fails as <see cref="IEventStore.SearchAsync"/>. Progress comes about once a second.</summary>
    public async Task<PatternList> ReadAsync(IProgress<PatternList>? progress, CancellationToken cancellationToken)
    {
        _now = await WindowBuckets.CountAsync(store, search, request.Buckets, cancellationToken);
        _before = before is null ? _before : await WindowBuckets.CountAsync(store, before, request.Buckets, cancellationToken);
        long total = _now.Total + _before.Total;
        _isSample = total > request.Sample;
        _miner = new PatternMiner(Math.Max(1, _now.Ranges.Count + 1));
        long reported = clock.GetTimestamp();
        await foreach (Hit hit in HitsAsync(total, cancellationToken))
        {
            Add(hit.Event);
            if (_events % EventsPerLook == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (progress is not null && clock.GetElapsedTime(reported) > ProgressPace)
                {
                    progress.Report(List(SearchStatus.Partial));
                    reported = clock.GetTimestamp();
                }
            }
        }

        return List(SearchStatus.Complete);
    }

    private async IAsyncEnumerable<Hit> HitsAsync(long total, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach ((StoreSearch window, WindowBuckets slices) in before is null ? [(search, _now)] : new[] { (search, _now), (before, _before) })
        {
            if (!_isSample)
            {
                await foreach (Hit hit in Export(window, EventsPerPage).ReadAsync(cancellationToken))
                {
                    yield return hit;
                }

                continue;
            }

            for (int i = slices.Ranges.Count - 1; i >= 0; i--)
            {
                int share = (int)Math.Ceiling((double)slices.Counts[i] * request.Sample / total);
                if (share == 0)
                {
                    continue;
                }

                int left = share;
                await foreach (Hit hit in Export(window with { Range = slices.Ranges[i] }, Math.Min(share, EventsPerPage)).ReadAsync(cancellationToken))
                {
                    yield return hit;
                    if (--left == 0)
                    {
                        break;
                    }
                }
            }
        }
    }

    private HitExport Export(StoreSearch window, int page) => new(store, window with { Sort = [SortField.NewestFirst] }, lastSequence) { PageSize = page };

    private void Add(LogEvent found)
    {
        bool isBefore = before is not null && !search.Range.Contains(found.Timestamp);
        _events++;
        _eventsBefore += isBefore ? 1 : 0;
        if (before is not null)
        {
            // Not kept with the event: a page of events with all their fields would outlive the collector's youngest generation.
            _values.Add(EventFlattener.Flatten(found), isBefore);
        }

        FieldValue value = _field.Values(found) is { Count: > 0 } values ? values[0] : FieldValue.Null;
        if (value.Kind != FieldValueKind.String)
        {
            _withoutText++;
            return;
        }

        _miner.Add(value.AsString(), isBefore || _now.Ranges.Count == 0 ? 0 : 1 + _now.IndexOf(found.Timestamp));
    }

    private PatternList List(SearchStatus status)
    {
        IReadOnlyList<SignatureCluster> all = _miner.Patterns();
        MessagePattern[] listed = [.. all.Take(request.Size).Select(c => Pattern(c, all, status))];
        return new PatternList
        {
            Status = status,
            Patterns = [.. listed.OrderByDescending(p => Math.Max(p.Count, p.Before)).ThenBy(p => p.Template, StringComparer.Ordinal)],
            Events = _events,
            EventsBefore = _eventsBefore,
            Total = _isSample || status == SearchStatus.Partial ? _now.Total + _before.Total : _events,
            TotalBefore = _isSample || status == SearchStatus.Partial ? _before.Total : _eventsBefore,
            IsSample = _isSample,
            WithoutText = _withoutText,
            Others = _events - _withoutText - listed.Sum(p => p.Count + p.Before),
            Buckets = _now.Ranges,
            Values = before is null || status == SearchStatus.Partial ? [] : _values.Changes(),
            Notes = [.. _now.Notes.Concat(_before.Notes).DistinctBy(n => (n.Code, n.Message))],
        };
    }

    /// <summary>What filters would find is only looked at when all is read.</summary>
    private static MessagePattern Pattern(SignatureCluster cluster, IReadOnlyList<SignatureCluster> all, SearchStatus status)
    {
        Signature sum = cluster.Fold();
        string template = PatternTemplates.Of(cluster);
        long finds = status == SearchStatus.Complete ? PatternTemplates.Finds(template, cluster, all) : sum.Count;
        return new MessagePattern(template, sum.Count - sum.Trend[0], sum.Trend[0], finds, sum.Trend[1..], Shorten(sum.Example ?? ""));
    }

    private static string Shorten(string example) => example.Length <= SearchLimits.PatternExample ? example : example[..SearchLimits.PatternExample];
}
