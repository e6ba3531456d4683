namespace LogView.Client.Contracts.Events;

/// <summary>
/// Identifies one event within its data stream. Given by the shipper (any text of 1 to 512 UTF-8 bytes) or made by LogView
/// (26 characters that sort in the order of arrival).
/// </summary>
public readonly record struct EventId(string Value)
{
    public const int MaxBytes = 512;

    public override string ToString() => Value;
}
