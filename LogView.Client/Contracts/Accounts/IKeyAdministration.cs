namespace LogView.Client.Contracts.Accounts;

/// <summary>Making and revoking API keys. Every member needs <see cref="Rights.Manage"/>. Safe for concurrent use.</summary>
public interface IKeyAdministration
{
    /// <summary>Keys that open LogView, newest first; revoked ones are not among them.</summary>
    Task<IReadOnlyList<ApiKeyInfo>> ListAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>Makes a key. Its secret is in the answer and nowhere else: only a hash is stored.</summary>
    Task<NewKeyOutcome> CreateAsync(NewKey key, Viewer viewer, CancellationToken cancellationToken);

    /// <summary>From the return on the key opens nothing any more. False when there is no such key.</summary>
    Task<bool> RevokeAsync(string id, Viewer viewer, CancellationToken cancellationToken);
}

/// <param name="Label">What the key is for, 1 to <see cref="MaxLabelLength"/> characters.</param>
/// <param name="Scopes">At least one of <see cref="KeyScopes.Names"/>.</param>
/// <param name="DataStreams">Patterns of the data streams it opens; <c>*</c> is all.</param>
public sealed record NewKey(string Label, IReadOnlyList<string> Scopes, IReadOnlyList<string> DataStreams)
{
    public const int MaxLabelLength = 100;

    /// <summary>More would be slow to check on every request.</summary>
    public const int MaxDataStreams = 50;
}

/// <param name="Id">Names the key in lists; not a secret.</param>
/// <param name="Label">What it is for.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="DataStreams">Patterns of what it may touch.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="LastUsedAt">When it last opened something since the program started; null: not since then.</param>
public sealed record ApiKeyInfo(
    string Id, string Label, IReadOnlyList<string> Scopes, IReadOnlyList<string> DataStreams, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);

/// <summary>The key with its secret, or one sentence why there is none; exactly one of <paramref name="Secret"/> and <paramref name="Problem"/> is set.</summary>
public sealed record NewKeyOutcome(ApiKeyInfo? Key, string? Secret, string? Problem);
