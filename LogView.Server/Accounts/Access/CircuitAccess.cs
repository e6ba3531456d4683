using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace LogView.Server.Accounts.Access;

/// <summary>Who a circuit is for. When that access ends, the circuit is nobody's at once, and its page goes to the sign-in page.</summary>
public sealed class CircuitAccess : ServerAuthenticationStateProvider, IDisposable
{
    private readonly AccessEnds _ends;
    private AccessWatch? _watch;
    private CancellationTokenRegistration _registration;

    public CircuitAccess(AccessEnds ends)
    {
        _ends = ends;
        AuthenticationStateChanged += WatchAsync;
    }

    public void Dispose()
    {
        AuthenticationStateChanged -= WatchAsync;
        _registration.Dispose();
        _watch?.Dispose();
    }

    /// <summary>The framework sets the state once, when the circuit begins; it is complete then.</summary>
    private void WatchAsync(Task<AuthenticationState> state)
    {
        if (!state.IsCompletedSuccessfully || state.Result.User.Identity is not { IsAuthenticated: true })
        {
            return;
        }

        _watch?.Dispose();
        _watch = _ends.Watch(state.Result.User);
        _registration = _watch.Ended.Register(() => SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity())))));
    }
}
