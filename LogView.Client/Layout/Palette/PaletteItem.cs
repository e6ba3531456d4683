namespace LogView.Client.Layout.Palette;

/// <summary>Something the command palette offers: a place to go to, or something to do.</summary>
/// <param name="Label">What is read and searched.</param>
/// <param name="Kind">What sort of thing it is, for the eye.</param>
/// <param name="Icon">Drawn before it.</param>
public sealed record PaletteItem(string Label, string Kind, string Icon)
{
    /// <summary>Where it leads; null: it does something.</summary>
    public string? Address { get; init; }

    /// <summary>What it does where it leads nowhere.</summary>
    public Func<Task>? Act { get; init; }
}
