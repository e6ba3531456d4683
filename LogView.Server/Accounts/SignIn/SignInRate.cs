using System.Threading.RateLimiting;

namespace LogView.Server.Accounts.SignIn;

/// <summary>
/// How often somebody may try to sign in with a key, all callers together: plenty for people, hopeless for guessing even a weak admin key.
/// Not the framework's middleware: that one keeps its limiter, and with it the whole server, after the server was disposed of.
/// </summary>
internal sealed class SignInRate : IDisposable
{
    public const int PerMinute = 30;

    private readonly FixedWindowRateLimiter _limiter = new(new FixedWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 });

    /// <summary>False: too many tried within the minute.</summary>
    public bool TryPass()
    {
        using RateLimitLease lease = _limiter.AttemptAcquire();
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
