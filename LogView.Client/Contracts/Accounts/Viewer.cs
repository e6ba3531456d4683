using LogView.Client.Contracts.Events;

namespace LogView.Client.Contracts.Accounts;

/// <summary>What somebody may do. Admin includes the others.</summary>
[Flags]
public enum Rights : byte
{
    None = 0,
    Ingest = 1,
    Search = 2,
    Manage = 4,
    Admin = Manage | Ingest | Search,
}

/// <summary>Who is asking, and what they may see. Made where a request enters (cookie or key) and passed down; nothing below asks again.</summary>
/// <param name="Name">Shown and audited: the user's name or the key's label.</param>
/// <param name="Rights">What the viewer may do.</param>
/// <param name="DataStreams">Patterns (<c>logs-shop-*</c>) of the data streams the viewer may touch; <c>*</c> is all.</param>
public sealed record Viewer(string Name, Rights Rights, IReadOnlyList<string> DataStreams)
{
    public bool May(Rights right) => (Rights & right) == right;

    public bool MayTouch(DataStreamName dataStream) => DataStreams.Any(p => DataStreamPattern.Matches(p, dataStream.Value));
}
