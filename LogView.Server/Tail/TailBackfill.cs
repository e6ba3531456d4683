using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Tail;

namespace LogView.Server.Tail;

/// <summary>The newest stored events of a tail's query, asked of the searches' contract so that every engine can answer.</summary>
public sealed class TailBackfill(ISearchService search)
{
    /// <summary>At most <see cref="TailRequest.Backfill"/> matches up to <paramref name="upTo"/>, by time, oldest first.</summary>
    /// <param name="request">Query, filters and data stream.</param>
    /// <param name="upTo">Later events come live and are passed over; but not those of others, which have no such number.</param>
    /// <param name="hasOthers">Others write to the store too.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<BackfillOutcome> ReadAsync(TailRequest request, long upTo, bool hasOthers, Viewer viewer, CancellationToken cancellationToken)
    {
        var events = new List<TailedEvent>(request.Backfill);
        if (request.Backfill == 0 || (upTo == 0 && !hasOthers))
        {
            return new(events, null);
        }

        var wanted = new SearchRequest
        {
            Query = request.Query,
            Language = request.Language,
            DataStream = request.DataStream,
            Filters = request.Filters,
            Count = CountMode.None,
        };
        ExportOutcome outcome = await search.ExportAsync(wanted, viewer, cancellationToken);
        if (outcome.Hits is null)
        {
            return new(events, outcome.Problem);
        }

        int seen = 0;
        await foreach (Hit hit in outcome.Hits.WithCancellation(cancellationToken))
        {
            if (hit.Event.Sequence <= upTo || hit.Event.IsOfOthers)
            {
                events.Add(new TailedEvent(hit.Event, hit.Event.Timestamp));
            }

            if (events.Count == request.Backfill || ++seen == TailLimits.MaxBackfillHits)
            {
                break;
            }
        }

        events.Reverse();
        return new(events, null);
    }
}

/// <param name="Events">What was found.</param>
/// <param name="Problem">Why there is nothing, or null.</param>
public sealed record BackfillOutcome(IReadOnlyList<TailedEvent> Events, SearchProblem? Problem);
