using System.Text.Encodings.Web;
using LogView.Client.Contracts.Accounts;
using LogView.Server.Accounts.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace LogView.Server.Accounts.Access;

/// <summary>Turns a key in the request's headers into its <see cref="Viewer"/>.</summary>
public sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeyRing keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "key";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        IReadOnlyList<string> candidates = KeyCredentials.Find(Request.Headers);
        if (candidates.Count == 0)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        foreach (string candidate in candidates)
        {
            if (keys.Find(candidate) is { } holder)
            {
                return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(holder.ToPrincipal(SchemeName), SchemeName)));
            }
        }

        return Task.FromResult(AuthenticateResult.Fail("the key is not known here, or was revoked"));
    }
}
