using LogView.Client.Contracts.Events;

namespace LogView.Client.Discover.State;

/// <summary>Names one event in an address: <c>data stream/id</c>.</summary>
public readonly record struct EventLink(DataStreamName DataStream, EventId Id)
{
    public static EventLink? Read(string? text)
    {
        int slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        return slash > 0 && slash + 1 < text!.Length && DataStreamName.TryParse(text[..slash], out DataStreamName dataStream, out _)
            ? new EventLink(dataStream, new EventId(text[(slash + 1)..]))
            : null;
    }

    public override string ToString() => $"{DataStream}/{Id}";
}
