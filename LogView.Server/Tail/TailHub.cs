using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Tail;
using LogView.Server.Accounts.Access;
using Microsoft.AspNetCore.SignalR;

namespace LogView.Server.Tail;

/// <summary>
/// The live tail for browsers and .NET programs at <c>/hubs/tail</c>. Each subscription is one stream with a pump of its own, so awaiting a
/// viewer that does not read stalls nobody else. A viewer may open the next stream before it ends the last, on one connection.
/// </summary>
public sealed class TailHub(TailSessions tail, AccessEnds ends) : Hub
{
    public const string Path = "/hubs/tail";

    private static readonly object ReadersKey = new();

    /// <summary>The connection's readers that tell what they have seen.</summary>
    private ConcurrentDictionary<string, TailSession> Readers => (ConcurrentDictionary<string, TailSession>)Context.Items[ReadersKey]!;

    public override Task OnConnectedAsync()
    {
        Context.Items[ReadersKey] = new ConcurrentDictionary<string, TailSession>(StringComparer.Ordinal);
        return base.OnConnectedAsync();
    }

    /// <summary>A reader has so many batches, from the first. One that is not known has ended.</summary>
    public void Seen(string reader, long batches)
    {
        if (Readers.TryGetValue(reader, out TailSession? session))
        {
            session.Seen(batches);
        }
    }

    /// <summary>Batches until the viewer ends the stream. What is wrong with the request comes as a problem, never as an exception.</summary>
    public async IAsyncEnumerable<TailMessage> Subscribe(TailRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Context.User is not { } user || ViewerClaims.ToViewer(user) is not { } viewer)
        {
            yield return new TailMessage(null, new SearchProblem(SearchProblemKind.Forbidden, "The live tail needs the right to search"));
            yield break;
        }

        using AccessWatch access = ends.Watch(user);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, access.Ended);
        TailOpening opening = tail.Open(request, viewer);
        using TailSession? session = opening.Session;
        if (session is null)
        {
            yield return new TailMessage(null, opening.Problem);
            yield break;
        }

        using IDisposable? reader = Enter(request.Reader, session);
        await foreach (TailSessionBatch batch in session.ReadAsync(end.Token).UntilCancelledAsync(access.Ended))
        {
            TailRow[] rows = [.. batch.Events.Select(e => TailRows.Of(e.Event, request.Columns))];
            yield return new TailMessage(new TailBatch(rows, batch.Status, batch.IsBackfill));
        }

        if (access.Reason is { } reason)
        {
            yield return new TailMessage(null, new SearchProblem(SearchProblemKind.Forbidden, reason));
        }
        else if (session.Failure is { } failure)
        {
            yield return new TailMessage(null, failure);
        }
    }

    private Place? Enter(string? reader, TailSession session)
    {
        if (reader is null)
        {
            return null;
        }

        ConcurrentDictionary<string, TailSession> readers = Readers;
        readers[reader] = session;
        return new Place(() => readers.TryRemove(new(reader, session)));
    }

    private sealed class Place(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
