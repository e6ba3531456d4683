using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Tail;
using LogView.Server.Tail.Others;
using LogView.Server.Wal;

namespace LogView.Server.Tail;

/// <summary>Opens live tails. Whatever is wrong with a request is a problem, told before anything is sent.</summary>
public sealed record TailSessions(
    IWriteAheadLog Log, TailBroker Broker, TailBackfill Backfill, TailAdmission Admission, TailOptions Options, TimeProvider Clock, OtherTails Others)
{
    /// <summary>The caller disposes the session.</summary>
    public TailOpening Open(TailRequest request, Viewer viewer)
    {
        if (Problem(request) is { } problem)
        {
            return new(null, new SearchProblem(SearchProblemKind.BadRequest, problem));
        }

        TailPosition? resumeAt = null;
        if (request.Position is { } text)
        {
            if (!TailPosition.TryParse(text, out TailPosition position, out string? error))
            {
                return new(null, new SearchProblem(SearchProblemKind.BadRequest, error));
            }

            resumeAt = position;
        }

        TailQueryOutcome query = TailQuery.Of(request, viewer, Timestamp.Now(Clock));
        if (query.Query is null)
        {
            return new(null, query.Problem);
        }

        return Admission.TryEnter(viewer, out SearchProblem? refused) is { } place
            ? new(new TailSession(this, request, query.Query, resumeAt, viewer, place), null)
            : new(null, refused);
    }

    private static string? Problem(TailRequest request)
    {
        if (request.Backfill is < 0 or > TailRequest.MaxBackfill)
        {
            return $"'backfill' is {request.Backfill}: expected 0 to {TailRequest.MaxBackfill}";
        }

        if (request.Reader?.Length > TailRequest.MaxReaderLength)
        {
            return $"'reader' has {request.Reader.Length} characters: expected at most {TailRequest.MaxReaderLength}";
        }

        return request.Columns.Count > TailRequest.MaxColumns
            ? $"'columns' has {request.Columns.Count} fields: expected at most {TailRequest.MaxColumns}"
            : null;
    }
}

/// <summary>Exactly one of the two is set.</summary>
public sealed record TailOpening(TailSession? Session, SearchProblem? Problem);
