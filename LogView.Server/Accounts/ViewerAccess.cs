using LogView.Client.Contracts.Accounts;

namespace LogView.Server.Accounts;

/// <summary>How endpoints ask who is asking.</summary>
public static class ViewerAccess
{
    /// <summary>
    /// The endpoint answers 401 (how to authenticate) to nobody and 403 (which right is missing) to a viewer without the right.
    /// Every endpoint has it, or <c>AllowAnonymous</c> with a reason.
    /// </summary>
    public static TBuilder RequireRight<TBuilder>(this TBuilder builder, Rights right)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(e => e.Metadata.Add(new RequiredRight(right)));
        return builder;
    }

    /// <summary>Who is asking. Only behind <see cref="RequireRight"/>.</summary>
    public static Viewer Viewer(this HttpContext context) =>
        ViewerClaims.ToViewer(context.User) ?? throw new InvalidOperationException("The endpoint lacks RequireRight.");
}

/// <summary>Endpoint metadata of <see cref="ViewerAccess.RequireRight"/>.</summary>
public sealed record RequiredRight(Rights Right);
