using LogView.Server.Platform;

namespace LogView.Tests.Ingest.Files;

public sealed class RestartTests : FollowTest
{
    private const string Trace =
        "2026-11-22 14:02:11 ERROR boom {0}\njava.lang.IllegalStateException: boom\n\tat a.B.c(B.java:1)\nCaused by: java.io.IOException: x\n\t... 3 more\n";

    [Fact]
    public async Task Stopped_GoesOnAtTheOffset()
    {
        Write("app.log", Lines("line", 0, 1_000));
        await StartAsync();
        await WaitForEventsAsync(1_000);
        await StopAsync();
        Write("app.log", Lines("line", 1_000, 10));
        await StartAsync();

        await ExpectExactlyAsync(Enumerable.Range(0, 1_010).Select(i => $"line {i}"));
        Assert.Equal(0, Sink.AlreadyThere);
    }

    [Fact]
    [Trait("Kind", "slow")]
    public async Task KilledAgainAndAgainWhileLinesComeIn_EveryEventOnce()
    {
        List<string> expected = [];
        Random random = new(7);
        for (int round = 0; round < 12; round++)
        {
            await StartAsync();
            for (int i = 0; i < 300; i++)
            {
                string text = i % 10 == 0 ? Trace.Replace("{0}", $"{round}/{i}", StringComparison.Ordinal) : $"2026-11-22 14:02:11 INFO line {round}/{i}\n";
                expected.Add(text.TrimEnd('\n'));
                Write(i % 3 == 0 ? "a.log" : "b.log", text);
            }

            int wanted = random.Next(expected.Count * 3 / 4, expected.Count);
            await WaitForEventsAsync(wanted);
            await KillAsync();
        }

        await StartAsync();
        await ExpectExactlyAsync(expected);
        Assert.Equal(0, Sink.Conflicts);
    }

    [Fact]
    public async Task KilledAfterASilentEnd_TheEventsKeepTheirBounds()
    {
        Write("app.log", "2026-11-22 14:02:11 INFO first\n");
        await StartAsync();
        await WaitForEventsAsync(1);
        // Later than any continuation is waited for, so it is an event of its own: also when both are read again at once.
        Write("app.log", "\tcontinued late\n");
        await WaitForEventsAsync(2);
        Write("app.log", "half a li");
        await WaitForEventsAsync(3);
        Write("app.log", "ne\n");
        await KillAsync();
        await StartAsync();

        await ExpectExactlyAsync(["2026-11-22 14:02:11 INFO first", "\tcontinued late", "half a li", "ne"]);
    }

    [Fact]
    public async Task KilledBeforeTheOffsetWasSaved_TheEventsAreRecognised()
    {
        string offsets = Path.Combine(Data, FileNames.FilesOffsets);
        byte[]? savedBeforeTheEvents = null;
        Sink.OnWrite = _ => savedBeforeTheEvents ??= File.ReadAllBytes(offsets);
        Write("app.log", Lines("line", 0, 10_000));
        await StartAsync();
        await WaitForEventsAsync(9_000, timePasses: false);
        await StopAsync();
        await File.WriteAllBytesAsync(offsets, savedBeforeTheEvents!);
        await StartAsync();

        await ExpectExactlyAsync(Enumerable.Range(0, 10_000).Select(i => $"line {i}"));
        Assert.True(Sink.AlreadyThere > 0);
        Assert.Equal(0, Sink.Conflicts);
    }

    [Fact]
    public async Task OffsetsThatCannotBeRead_ArePutAside_AndSaidSo()
    {
        await File.WriteAllTextAsync(Path.Combine(Data, FileNames.FilesOffsets), "{ not json");
        Write("app.log", "a\n");
        await StartAsync();

        await ExpectExactlyAsync(["a"]);
        Assert.Contains(Log.Lines, l => l.Contains("cannot be read, so files are read from their start", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(Data, FileNames.FilesOffsets + FileNames.UnreadableSuffix)));
    }

    [Fact]
    public async Task AnotherTextUnderAnId_IsStoredUnderItsOwn()
    {
        Write("app.log", "one\ntwo\n");
        await StartAsync();
        await WaitForEventsAsync(2);
        await StopAsync();
        string offsets = Path.Combine(Data, FileNames.FilesOffsets);
        string saved = await File.ReadAllTextAsync(offsets);
        // As if the file had other bytes at an offset whose events were sent: the offset and its anchor go back, the id stays.
        await File.WriteAllTextAsync(offsets, System.Text.RegularExpressions.Regex.Replace(
            saved, "\"offset\":8,\"anchor\":\\{[^}]*\\}", "\"offset\":0,\"anchor\":{\"headLength\":0,\"head\":\"\",\"tailLength\":0,\"tail\":\"\"}"));
        await File.WriteAllTextAsync(PathOf("app.log"), "one\nTWO\n");
        await StartAsync();

        await ExpectExactlyAsync(["one", "two", "TWO"]);
        Assert.Equal((1, 1), (Sink.AlreadyThere, Sink.Conflicts));
    }
}
