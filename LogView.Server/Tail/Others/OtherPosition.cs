namespace LogView.Server.Tail.Others;

/// <summary>A place among the events that others write to the store.</summary>
/// <param name="Tail">Id of the <see cref="OtherTail"/>, whose count begins anew when LogView starts.</param>
/// <param name="Number">Everything up to here was sent or left out.</param>
public readonly record struct OtherPosition(string Tail, long Number)
{
    /// <summary>Characters of <see cref="Tail"/>.</summary>
    public const int IdLength = 16;
}

/// <summary>An event of others with its number in its <see cref="OtherTail"/>, from 1.</summary>
public readonly record struct OtherEvent(long Number, LogView.Client.Contracts.Events.LogEvent Event);
