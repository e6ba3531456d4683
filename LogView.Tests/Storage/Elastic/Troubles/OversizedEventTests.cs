using System.Text;
using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Elastic.Writing;

namespace LogView.Tests.Storage.Elastic.Troubles;

public sealed class OversizedEventTests
{
    [Theory]
    [InlineData("x")]
    [InlineData("결")]
    [InlineData("😀")]
    [InlineData("é\\\"")]
    public void PartsOf_AnyText_IsTheSourceByteForByte(string piece)
    {
        string source = $$"""{"message":"{{string.Concat(Enumerable.Repeat(piece, 40_000))}}"}""";
        LogEvent whole = new ClusterEvents("logs-a").Next(source);

        LogEvent[] parts = [.. OversizedEvent.PartsOf(whole)];

        JsonElement[] read = [.. parts.Select(p => JsonDocument.Parse(p.Source).RootElement)];
        Assert.Equal(source, string.Concat(read.Select(p => p.GetProperty("message").GetString())));
        Assert.Equal(Enumerable.Range(1, parts.Length), read.Select(p => p.GetProperty("refused").GetProperty("part").GetInt32()));
        Assert.Equal(parts.Length, parts.DistinctBy(p => p.Id).Count());
        Assert.Equal(parts.Length, parts.DistinctBy(p => p.Timestamp).Count());
        Assert.All(read, p => Assert.True(Encoding.UTF8.GetByteCount(p.GetProperty("message").GetString()!) <= OversizedEvent.PartBytes));
    }

    [Fact]
    public void PartsOf_TheLatestTime_HaveTimes()
    {
        LogEvent whole = new()
        {
            Id = new EventId("e"), DataStream = DataStreamName.Parse("logs-a"), Timestamp = Timestamp.MaxValue, Sequence = 1, Source = new byte[50_000],
        };

        Assert.Equal(4, OversizedEvent.PartsOf(whole).Select(p => p.Timestamp).Distinct().Count());
    }
}
