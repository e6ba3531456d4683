namespace LogView.Client.Discover.State;

/// <summary>What is shown of the hits.</summary>
public enum ResultTab : byte
{
    /// <summary>One row each.</summary>
    Events,

    /// <summary>The patterns of their messages.</summary>
    Patterns,

    /// <summary>What differs from the window before.</summary>
    Changes,
}
