using LogView.Client.Contracts.DataStreams;
using LogView.Client.Contracts.Events;
using LogView.Server.Platform;
using LogView.Server.Storage.Retaining;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Retaining;

public sealed class RetentionBookTests : IDisposable
{
    private static readonly DataStreamName Nginx = DataStreamName.Parse("logs-nginx-prod");
    private static readonly RetentionOptions Options = new()
    {
        Age = TimeSpan.FromDays(30),
        DataStreams = new Dictionary<string, PatternRetention>(StringComparer.Ordinal)
        {
            ["logs-*"] = new() { Age = TimeSpan.FromDays(14) }, ["logs-nginx-*"] = new() { Bytes = 5_000_000 },
        },
    };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("metrics-a", 30.0, null)]
    [InlineData("logs-a", 14.0, null)]
    [InlineData("logs-nginx-prod", null, 5_000_000L)]
    public void Of_NothingSet_GoesByTheLongestPattern(string name, double? days, long? bytes)
    {
        (Retention retention, bool isOwn) = Open().Of(DataStreamName.Parse(name));

        Assert.Equal(new Retention(days is { } d ? TimeSpan.FromDays(d) : null, bytes), retention);
        Assert.False(isOwn);
    }

    [Fact]
    public void Set_Reopened_IsStillThere()
    {
        var week = new Retention(TimeSpan.FromDays(7), 1_000_000_000);
        Open().Set(Nginx, week);

        Assert.Equal((week, true), Open().Of(Nginx));

        Open().Set(Nginx, null);
        Assert.Equal((new Retention(null, 5_000_000), false), Open().Of(Nginx));
    }

    [Fact]
    public void Open_FileOfSomebodyElse_SaysSo()
    {
        string path = Path.Combine(_folder.Path, FileNames.Retention);
        File.WriteAllText(path, "{ \"logs-a\": { \"ageSeconds\": \"many\" } }");

        InvalidDataException refused = Assert.Throws<InvalidDataException>(Open);

        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
    }

    private RetentionBook Open() => new(DiskFileSystem.Instance, _folder.Path, Options);
}
