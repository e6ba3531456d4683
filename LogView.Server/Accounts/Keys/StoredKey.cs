using LogView.Client.Contracts.Accounts;

namespace LogView.Server.Accounts.Keys;

/// <summary>One key as it is kept.</summary>
/// <param name="Hash">Of the secret (<see cref="KeySecret.Hash"/>).</param>
public sealed record StoredKey(string Id, string Hash, string Label, IReadOnlyList<string> Scopes, IReadOnlyList<string> DataStreams, DateTimeOffset CreatedAt)
{
    public Viewer ToViewer() => new(Label, KeyScopes.ToRights(Scopes), DataStreams);
}
