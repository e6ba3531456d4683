using LogView.Client.Contracts.Search;

namespace LogView.Client.Discover.Events;

/// <summary>The selected event, and the one whose detail is open: both or the first alone. Kept when other rows come.</summary>
internal sealed class Selection
{
    /// <summary>Null: none.</summary>
    public Hit? Selected { get; private set; }

    /// <summary>Null: closed.</summary>
    public Hit? Open { get; private set; }

    /// <summary>How often somebody chose: what was begun before the last time is not theirs any more.</summary>
    public int Choices { get; private set; }

    /// <summary>Selects; a detail that is open shows it then.</summary>
    public void Select(Hit hit) => Set(hit, Open is null ? null : hit);

    /// <summary>Selects and opens; null: nothing is selected any more.</summary>
    public void Show(Hit? hit) => Set(hit, hit);

    public void Close() => Open = null;

    /// <summary>Closes the detail, or without one lets go of the selection.</summary>
    public void Escape() => Set(Open is null ? null : Selected, null);

    private void Set(Hit? selected, Hit? open)
    {
        (Selected, Open) = (selected, open);
        Choices++;
    }
}
