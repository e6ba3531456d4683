using LogView.Client.Contracts.Events;
using LogView.Server.Platform;
using LogView.Server.Storage.Embedded.Heads;

namespace LogView.Tests.Storage.Embedded.Heads;

public sealed class ChunkPoolTests
{
    [Fact]
    public void Rent_AfterAReturn_IsTheSameArray()
    {
        var pool = new ChunkPool();
        byte[] chunk = pool.Rent();
        pool.Return(chunk);

        Assert.Same(chunk, pool.Rent());
        Assert.NotSame(chunk, pool.Rent());
    }

    [Fact]
    public void Trim_OfWhatWasNotNeededSinceTheLast_LetsItGo()
    {
        var pool = new ChunkPool();
        byte[] first = pool.Rent(), second = pool.Rent();
        pool.Return(first);
        pool.Return(second);
        pool.Trim();

        pool.Return(pool.Rent());
        pool.Trim();

        byte[][] known = [first, second];
        byte[] kept = pool.Rent(), made = pool.Rent();
        Assert.Contains(known, k => ReferenceEquals(k, kept));
        Assert.DoesNotContain(known, k => ReferenceEquals(k, made));
    }

    [Fact]
    public void Release_OfTheLastReader_GivesTheChunksBackAndNotBefore()
    {
        var pool = new ChunkPool();
        var head = new Head(DataStreamName.Parse("logs-a-b"), "20261123", pool);
        byte[] source = [.. "{\"message\":\""u8, .. Enumerable.Repeat((byte)'x', 900_000), .. "\"}"u8];
        for (int i = 0; i < 3; i++)
        {
            head.Add(new LogEvent { Id = new EventId($"{i}"), IsIdGiven = true, DataStream = head.DataStream, Timestamp = new Timestamp(i), Sequence = i + 1, Source = source });
        }

        head.Publish();
        head.AddReference();
        head.Release();
        LogEvent read = new HeadView(head).Load(1);
        head.Release();
        pool.Rent().AsSpan().Clear();

        Assert.Equal(source, read.Source.ToArray());
        Assert.ThrowsAny<Exception>(() => head.Sources[1].Length);
        Assert.Throws<InvariantBrokenException>(head.AddReference);
    }
}
