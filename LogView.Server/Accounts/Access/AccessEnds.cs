using System.Security.Claims;
using LogView.Server.Accounts.Keys;
using LogView.Server.Accounts.SignIn;

namespace LogView.Server.Accounts.Access;

/// <summary>
/// Tells what stays open for long (tails, circuits) that the access it was opened with has ended: its key was revoked, or its session signed out. Safe for
/// concurrent use.
/// </summary>
public sealed class AccessEnds
{
    /// <summary>Signed-out sessions that are remembered, so that a copy of their cookie opens nothing. The oldest are forgotten.</summary>
    private const int MaxSignedOut = 10_000;

    private readonly KeyRing _keys;
    private readonly Lock _gate = new();
    private readonly HashSet<AccessWatch> _watches = [];
    private readonly HashSet<string> _signedOut = new(StringComparer.Ordinal);
    private readonly Queue<string> _signedOutOrder = new();

    public AccessEnds(KeyRing keys)
    {
        _keys = keys;
        keys.Changed = EndWhatHasEnded;
    }

    /// <summary>Why the access has ended, as one sentence; null while it goes on.</summary>
    public string? Reason(ClaimsPrincipal user)
    {
        if (user.FindFirst(KeyHolder.ClaimType)?.Value is { } key && !_keys.IsActive(key))
        {
            return "The API key was revoked";
        }

        lock (_gate)
        {
            return user.FindFirst(Sessions.IdClaimType)?.Value is { } session && _signedOut.Contains(session) ? "This session was signed out" : null;
        }
    }

    /// <summary>To be disposed when what was opened is closed. May have ended already.</summary>
    public AccessWatch Watch(ClaimsPrincipal user)
    {
        AccessWatch watch = new(this, user);
        lock (_gate)
        {
            _watches.Add(watch);
        }

        // After it was added: whoever ends it from now on finds it.
        EndIfEnded(watch);
        return watch;
    }

    /// <summary>The session ends wherever it is open.</summary>
    public void SignOut(ClaimsPrincipal user)
    {
        if (user.FindFirst(Sessions.IdClaimType)?.Value is not { } session)
        {
            return;
        }

        lock (_gate)
        {
            if (_signedOut.Add(session))
            {
                _signedOutOrder.Enqueue(session);
            }

            if (_signedOutOrder.Count > MaxSignedOut)
            {
                _signedOut.Remove(_signedOutOrder.Dequeue());
            }
        }

        EndWhatHasEnded();
    }

    internal void Forget(AccessWatch watch)
    {
        lock (_gate)
        {
            _watches.Remove(watch);
        }
    }

    private void EndWhatHasEnded()
    {
        AccessWatch[] open;
        lock (_gate)
        {
            open = [.. _watches];
        }

        Array.ForEach(open, EndIfEnded);
    }

    private void EndIfEnded(AccessWatch watch)
    {
        if (Reason(watch.User) is { } reason)
        {
            watch.End(reason);
        }
    }
}

/// <summary>One thing that is open for somebody.</summary>
public sealed class AccessWatch : IDisposable
{
    private readonly AccessEnds _owner;
    private readonly CancellationTokenSource _ended = new();

    internal AccessWatch(AccessEnds owner, ClaimsPrincipal user) => (_owner, User) = (owner, user);

    public ClaimsPrincipal User { get; }

    /// <summary>Cancelled when the access ends.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Why it ended; null while it goes on.</summary>
    public string? Reason { get; private set; }

    public void Dispose() => _owner.Forget(this);

    internal void End(string reason)
    {
        Reason ??= reason;
        _ended.Cancel();
    }
}
