using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Heads;

namespace LogView.Tests.Storage.Embedded.Heads;

public sealed class HeadTests
{
    [Fact]
    public void Find_AnIdThatWasTakenBack_IsNotTheEventInItsPlace()
    {
        var head = new Head(DataStreamName.Parse("logs-a-b"), "20261123", new ChunkPool());
        head.Add(Event("kept", 1));
        head.Publish();
        head.Add(Event("taken back", 2));
        head.Rollback();

        head.Add(Event("another", 2));

        Assert.Equal((0, -1, 1), (head.Find(new EventId("kept")), head.Find(new EventId("taken back")), head.Find(new EventId("another"))));
        head.Add(Event("taken back", 3));
        Assert.Equal(2, head.Find(new EventId("taken back")));
    }

    private static LogEvent Event(string id, long sequence) => new()
    {
        Id = new EventId(id),
        IsIdGiven = true,
        DataStream = DataStreamName.Parse("logs-a-b"),
        Timestamp = new Timestamp(sequence),
        Sequence = sequence,
        Source = Encoding.UTF8.GetBytes("""{"message":"x"}"""),
    };
}
