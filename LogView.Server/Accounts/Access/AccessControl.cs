using LogView.Client.Contracts.Accounts;
using LogView.Server.Accounts.Keys;
using LogView.Server.Accounts.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace LogView.Server.Accounts.Access;

/// <summary>
/// Lets a request through to its endpoint only with the right the endpoint asks for. An endpoint that says nothing is for
/// administrators: forgetting is safe.
/// </summary>
public sealed class AccessControl(RequestDelegate next, KeyRing keys)
{
    private static readonly Viewer LocalShipper = new("this machine", Rights.Ingest, ["*"]);
    private static readonly Viewer LocalReader = new("this machine", Rights.None, []);

    public Task InvokeAsync(HttpContext context)
    {
        Endpoint? endpoint = context.GetEndpoint();
        if (endpoint is null || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return next(context);
        }

        Rights needed = endpoint.Metadata.GetMetadata<RequiredRight>()?.Right ?? Rights.Admin;
        Viewer? viewer = ViewerClaims.ToViewer(context.User);
        if (viewer is null && LocalViewer(context, endpoint, needed) is { } local)
        {
            context.User = ViewerClaims.ToPrincipal(local, "local");
            return next(context);
        }

        return viewer is null ? RefuseNobodyAsync(context)
            : IsForeignPage(context) ? AccessProblems.WriteForbiddenAsync(context, "A page of another site must not use this session.")
            : viewer.May(needed) ? next(context)
            : AccessProblems.WriteForbiddenAsync(context, viewer, needed & ~viewer.Rights);
    }

    /// <summary>Who a program on this machine is without a key: a shipper until the first ingestion key is made, or a reader of what is open to it.</summary>
    private Viewer? LocalViewer(HttpContext context, Endpoint endpoint, Rights needed)
    {
        if (KeyCredentials.Find(context.Request.Headers).Count > 0 || !LocalRequest.IsLocal(context))
        {
            return null;
        }

        return needed == Rights.Ingest && !keys.IsIngestKeyMade ? LocalShipper
            : endpoint.Metadata.GetMetadata<OpenToThisMachine>() is not null ? LocalReader
            : null;
    }

    /// <summary>
    /// A session is only for LogView's own pages: not for forms, scripts or WebSockets of others. SameSite cookies say the same; browsers treat
    /// other ports of this machine as the same site, though.
    /// </summary>
    private static bool IsForeignPage(HttpContext context) =>
        string.Equals(context.User.Identity?.AuthenticationType, Sessions.SchemeName, StringComparison.Ordinal)
        && (context.WebSockets.IsWebSocketRequest || !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)))
        && !LocalRequest.IsSameOrigin(context.Request);

    private static async Task RefuseNobodyAsync(HttpContext context)
    {
        AuthenticateResult result = await context.AuthenticateAsync();
        await AccessProblems.WriteUnauthenticatedAsync(context, result.Failure?.Message);
    }
}

/// <summary>Endpoint metadata: programs on this machine need no key, others need the right.</summary>
public sealed record OpenToThisMachine;
