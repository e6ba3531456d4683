using LogView.Client.Contracts.Accounts;

namespace LogView.Client.Contracts.Saved;

/// <summary>Something people keep and share: a view, a dashboard, a rule. What is in it is the business of its kind.</summary>
/// <param name="Id">Short, random, fixed for its life; letters and digits.</param>
/// <param name="Kind">One of <see cref="SavedKinds"/>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Owner">Name of the viewer who made it.</param>
/// <param name="Access">Who else may see and change it.</param>
/// <param name="Content">A JSON object in the form of its kind.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">Last change, UTC.</param>
/// <param name="UpdatedBy">Name of the viewer who changed it last.</param>
/// <param name="Version">Changes with every save; a change names the version it was made from. Means nothing else.</param>
public sealed record SavedObject(
    string Id, string Kind, string Name, string Owner, SavedAccess Access, string Content, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string UpdatedBy, string Version)
{
    public bool MayBeSeenBy(Viewer viewer) => Access != SavedAccess.Private || IsOwnedBy(viewer);

    public bool MayBeChangedBy(Viewer viewer) => Access == SavedAccess.Edit || IsOwnedBy(viewer);

    /// <summary>Deleting it, or changing who may see it, is the business of its owner and of administrators.</summary>
    public bool IsOwnedBy(Viewer viewer) => viewer.May(Rights.Manage) || string.Equals(viewer.Name, Owner, StringComparison.Ordinal);
}

/// <summary>Who may see and change a saved object besides its owner and administrators, who may do both.</summary>
public enum SavedAccess : byte
{
    /// <summary>Nobody else.</summary>
    Private,

    /// <summary>Everybody who may search sees it.</summary>
    View,

    /// <summary>Everybody who may search sees and changes it.</summary>
    Edit,
}

/// <summary>What a caller wants to keep.</summary>
/// <param name="Kind">One of <see cref="SavedKinds"/>.</param>
/// <param name="Name">1 to <see cref="SavedLimits.MaxNameLength"/> characters.</param>
/// <param name="Access">Who else may see and change it.</param>
/// <param name="Content">A JSON object of at most <see cref="SavedLimits.MaxContentBytes"/> bytes.</param>
public sealed record SavedDraft(string Kind, string Name, SavedAccess Access, string Content);

/// <summary>The kinds of saved objects.</summary>
public static class SavedKinds
{
    /// <summary>Query, filters, columns, sort and time range of Discover under a name.</summary>
    public const string View = "view";

    /// <summary>What a short link leads to.</summary>
    public const string Link = "link";

    /// <summary>A moment worth seeing beside events, such as a deployment.</summary>
    public const string Mark = "mark";

    public static readonly IReadOnlyList<string> All = [View, Link, Mark];
}

/// <summary>What one LogView keeps at most.</summary>
public static class SavedLimits
{
    public const int MaxNameLength = 100;

    /// <summary>A query of 16,384 characters with hundreds of filters fits.</summary>
    public const int MaxContentBytes = 256 * 1024;

    /// <summary>Views are listed whole, in one menu.</summary>
    public const int MaxViews = 2_000;

    /// <summary>Some 100 MB when every link is long; the same address has one link, however often it is shared.</summary>
    public const int MaxLinks = 200_000;

    /// <summary>Years of deployments; all are read to draw those of a window.</summary>
    public const int MaxMarks = 2_000;

    public static int MaxOf(string kind) => kind switch { SavedKinds.Link => MaxLinks, SavedKinds.Mark => MaxMarks, _ => MaxViews };
}
