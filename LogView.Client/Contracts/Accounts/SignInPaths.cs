namespace LogView.Client.Contracts.Accounts;

/// <summary>Addresses of signing in and out, known to pages and server.</summary>
public static class SignInPaths
{
    /// <summary>The page that explains where the link is; with <c>?token=</c> the one-time link itself.</summary>
    public const string Page = "/sign-in";

    /// <summary>Takes the form of the page: a key or a link's token instead of the link.</summary>
    public const string WithKey = "/sign-in/key";

    public const string Out = "/sign-out";

    /// <summary>Query value of <see cref="Page"/>: why the last attempt failed.</summary>
    public const string Problem = "problem";

    /// <summary>True for an address within this site: anything else would let a link lead elsewhere after signing in.</summary>
    public static bool IsLocal(string? url) =>
        url is ['/', ..] && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(char.IsControl);
}
