using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Files;
using LogView.Server.Ingest.Parsing;

namespace LogView.Tests.Ingest.Files;

public sealed class FilesReceiverTests : FollowTest
{
    [Fact]
    public async Task AFile_IsReadAndFollowed_WithPathOffsetAndTime()
    {
        Write("app.log", "2026-11-22 14:02:11,482 ERROR [main] c.s.Checkout - it failed\n");
        await StartAsync();
        await WaitForEventsAsync(1);
        Write("app.log", "2026-11-22 14:02:12,000 INFO [main] c.s.Checkout - again\n");
        await WaitForEventsAsync(2);

        LogEvent second = Sink.Events[1];
        Assert.Equal("2026-11-22T14:02:12.000000000Z", second.Timestamp.ToString());
        Assert.Equal("logs-files-default", second.DataStream.Value);
        Assert.Equal("again", second.Fields.First("message").AsString());
        Assert.Equal("info", second.Fields.First("log.level").AsString());
        Assert.Equal("c.s.Checkout", second.Fields.First("log.logger").AsString());
        Assert.Equal(PathOf("app.log"), second.Fields.First("log.file.path").AsString());
        Assert.Equal(62, second.Fields.First("log.offset").AsLong());
        Assert.Equal("{\"event\":{\"original\":\"2026-11-22 14:02:12,000 INFO [main] c.s.Checkout - again\"}}", Encoding.UTF8.GetString(second.Source.Span));
    }

    [Fact]
    public async Task ANewFileInANewFolder_IsFoundWithoutWaitingForAScan()
    {
        Source = Source with { Multiline = new() { Enabled = false } };
        await StartAsync();
        await WaitForAsync(() => Sources.Files.Count == 0 && Log.Lines.Count == 0);
        Write("first.log", "a\n");
        await WaitForEventsAsync(1, timePasses: false);

        Directory.CreateDirectory(PathOf("shop/checkout"));
        Write("shop/checkout/app.log", "b\n");
        await WaitForEventsAsync(2, timePasses: false);
        Write("shop/checkout/app.log", "c\n");
        await WaitForEventsAsync(3, timePasses: false);

        Assert.Equal(["a", "b", "c"], Sink.Texts);
    }

    [Fact]
    public async Task WithoutReportsOfChanges_TheScanFindsThem()
    {
        WatchesFolders = false;
        Write("app.log", "a\n");
        await StartAsync();
        await WaitForEventsAsync(1);
        Write("app.log", "b\n");
        Write("new.log", "c\n");

        await ExpectExactlyAsync(["a", "b", "c"]);
    }

    [Fact]
    public async Task FilesOfTheSameText_AreDifferentFiles()
    {
        foreach (string name in new[] { "a.log", "b.log", "app.log", "app-1.log", "app-2.log", "worker1", "worker2" })
        {
            Write(name, Lines("same", 0, 100));
        }

        await StartAsync();

        await ExpectExactlyAsync(Enumerable.Repeat(Enumerable.Range(0, 100).Select(i => $"same {i}"), 7).SelectMany(t => t));
    }

    [Fact]
    public async Task AnExcludedFile_IsNotRead()
    {
        Source = Source with { Exclude = ["*.tmp", PathOf("old/**")] };
        Directory.CreateDirectory(PathOf("old"));
        Write("a.log", "a\n");
        Write("b.tmp", "b\n");
        Write("old/c.log", "c\n");
        await StartAsync();

        await ExpectExactlyAsync(["a"]);
    }

    [Fact]
    public async Task LogViewsOwnFolder_IsNeverRead()
    {
        Source = Source with { Paths = [Path.Combine(Path.GetDirectoryName(Logs)!, "**")] };
        await File.WriteAllTextAsync(Path.Combine(Data, "own.log"), "own\n");
        Write("a.log", "a\n");
        await StartAsync();

        await ExpectExactlyAsync(["a"]);
    }

    [Fact]
    public async Task StartAtTheEnd_ReadsOnlyWhatComes_AndNewFilesWhole()
    {
        Source = Source with { Start = FileStart.End };
        Write("old.log", "old\nunfini");
        await StartAsync();
        await WaitForAsync(() => Sources.Files.Count == 1);
        Write("old.log", "shed\nnew\n");
        Write("later.log", "later\n");

        await ExpectExactlyAsync(["unfinished", "new", "later"]);
    }

    [Fact]
    public async Task StartAtTheEnd_AfterARestart_ReadsWhatCameMeanwhile()
    {
        Source = Source with { Start = FileStart.End };
        Write("old.log", "old\n");
        await StartAsync();
        await WaitForAsync(() => Sources.Files.Count == 1);
        await StopAsync();
        Write("old.log", "new\n");
        Write("later.log", "later\n");
        await StartAsync();

        await ExpectExactlyAsync(["new", "later"]);
    }

    [Fact]
    public async Task ALineWithoutItsEnd_IsDeliveredAfterSilence_AndTheRestIsAnotherEvent()
    {
        Write("app.log", "whole\nhalf");
        await StartAsync();
        await WaitForEventsAsync(2);
        Write("app.log", " other half\n");
        await WaitForEventsAsync(3);

        Assert.Equal(["whole", "half", " other half"], Sink.Texts);
        Assert.Equal("unfinished_line", Sink.Events[1].Fields.First("log.flags").AsString());
    }

    [Fact]
    public async Task ALineLongerThanTheLimit_IsSplitAndMarked_AndNothingIsLost()
    {
        string line = string.Concat(Enumerable.Range(0, 400_000).Select(i => $"{i % 1000:d3} 결")) + "end";
        Write("app.log", $"before\n{line}\nafter\n");
        await StartAsync();
        await WaitForEventsAsync(2);
        await SettleAsync();

        IReadOnlyList<LogEvent> pieces = [.. Sink.Events.Skip(1).SkipLast(1)];
        Assert.True(pieces.Count >= 3);
        Assert.Equal(line, string.Concat(pieces.Select(MemorySink.Text)));
        Assert.All(pieces, p => Assert.Equal("split_line", p.Fields.First("log.flags").AsString()));
        Assert.All(pieces, p => Assert.True(p.Source.Length <= EventLimits.MaxEventBytes));
        Assert.Equal("after", Sink.Texts[^1]);
    }

    [Fact]
    public async Task BytesThatAreNoUtf8_AreKeptAndMarked()
    {
        await File.WriteAllBytesAsync(PathOf("app.log"), [.. "caf"u8, 0xE9, .. " ok\r\n"u8, .. "a\0b\n"u8, 0, 0, 0, .. "after nuls\n"u8]);
        await StartAsync();
        await WaitForEventsAsync(3);

        Assert.Equal(["caf\\xE9 ok", "a\0b", "after nuls"], Sink.Texts);
        Assert.Equal("invalid_text", Sink.Events[0].Fields.First("log.flags").AsString());
        Assert.Equal("nul_bytes", Sink.Events[2].Fields.First("log.flags").AsString());
    }

    [Theory]
    [InlineData("utf-8", "utf-8", true)]
    [InlineData("utf-8", "utf-16", true)]
    [InlineData("utf-8", "utf-16BE", true)]
    [InlineData("utf-16le", "utf-16", false)]
    [InlineData("euc-kr", "euc-kr", false)]
    [InlineData("shift_jis", "shift_jis", false)]
    public async Task AnEncoding_IsReadAlsoAfterARestart(string configured, string written, bool mark)
    {
        string text = written == "shift_jis" ? "日本" : "결제실패";
        Source = Source with { Encoding = configured };
        Assert.True(FileSourceValidator.TryEncoding(written, out Encoding encoding));
        byte[] preamble = mark ? encoding.GetPreamble() : [];
        await File.WriteAllBytesAsync(PathOf("app.log"), [.. preamble, .. encoding.GetBytes($"{text} 1\r\n{text} 2\n")]);
        await StartAsync();
        await WaitForEventsAsync(2);
        await StopAsync();
        await File.AppendAllBytesAsync(PathOf("app.log"), encoding.GetBytes($"{text} 3\n"));
        await StartAsync();

        await ExpectExactlyAsync([$"{text} 1", $"{text} 2", $"{text} 3"]);
        Assert.All(Sink.Events, e => Assert.Empty(e.Fields.Values("log.flags")));
    }

    [Fact]
    public async Task ABinaryFile_IsLeftAloneAndSaidSo()
    {
        await File.WriteAllBytesAsync(PathOf("wtmp"), [.. Enumerable.Range(0, 4096).Select(i => (byte)(i % 7))]);
        await File.WriteAllBytesAsync(PathOf("nuls"), new byte[100]);
        Write("a.log", "a\n");
        await StartAsync();

        await ExpectExactlyAsync(["a"]);
        Assert.Equal(["a.log Following", "nuls Binary", "wtmp Binary"], Sources.Files.Select(f => $"{Path.GetFileName(f.Path)} {f.State}"));
    }

    [Fact]
    public async Task AFileThatMayNotBeRead_IsReportedOnceAndTriedAgain()
    {
        bool forbidden = true;
        OpenFile = path => forbidden ? throw new UnauthorizedAccessException($"Access to the path '{path}' is denied.")
            : File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Write("app.log", "a\n");
        await StartAsync();
        await WaitForAsync(() => Sources.Files is [{ State: FileState.Failing }]);
        DateTimeOffset later = Clock.GetUtcNow().AddSeconds(35);
        await WaitForAsync(() => Clock.GetUtcNow() > later);
        forbidden = false;

        await ExpectExactlyAsync(["a"]);
        Assert.Single(Log.Lines, l => l.Contains("cannot be read now", StringComparison.Ordinal));
        Assert.Null(Sources.Files[0].LastError);
    }

    [Fact]
    public async Task TheLogIsUnavailable_TheFilesWait_AndNothingIsLost()
    {
        Sink.Unavailable = 5;
        Write("app.log", Lines("line", 0, 10_000));
        await StartAsync();

        await ExpectExactlyAsync(Enumerable.Range(0, 10_000).Select(i => $"line {i}"));
        Assert.Equal(0, Sink.AlreadyThere);
    }

    [Fact]
    public async Task TheSinkFailsUnexpectedly_TheReceiverStartsOver_AndNothingIsLost()
    {
        int calls = 0;
        Sink.OnWrite = _ =>
        {
            if (++calls is 2 or 4)
            {
                throw new InvalidOperationException("a bug");
            }
        };
        Write("app.log", Lines("line", 0, 100_000));
        await StartAsync();

        await ExpectExactlyAsync(Enumerable.Range(0, 100_000).Select(i => $"line {i}"));
        Assert.Contains(Log.Lines, l => l.StartsWith("Critical", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OneFileWithoutEnd_DoesNotKeepTheOthersWaiting()
    {
        const string Large = "large line of some length to make it many bytes";
        List<bool> batchHasSmall = [];
        Sink.OnWrite = events =>
        {
            batchHasSmall.Add(events.Any(e => Encoding.UTF8.GetString(e.Source.Span).Contains("small", StringComparison.Ordinal)));
            if (!batchHasSmall[^1] && batchHasSmall.Count < 100)
            {
                // It grows faster than it is read, and only a batch lets the time pass after which the small file's line is known to be whole.
                Write("a-large.log", Lines(Large, 0, 2 * FilesLimits.BatchEvents));
                Clock.Advance(Source.Multiline.Quiet);
            }
        };
        Write("a-large.log", Lines(Large, 0, 10 * FilesLimits.BatchEvents));
        Write("z-small.log", "small\n");
        await StartAsync();
        await WaitForAsync(() => Sink.Texts.Contains("small"), timePasses: false);

        // The first batch is full of the large file, the second turn is the small file's, and its line waits once to be continued.
        Assert.InRange(batchHasSmall.IndexOf(true), 0, 2);
        Assert.True(Sink.Largest < 4 * 1024 * 1024);
    }

    [Fact]
    public async Task MoreFilesThanMayBeOpen_AreAllReadAndFollowed()
    {
        for (int i = 0; i < FilesLimits.MaxOpenFiles + 100; i++)
        {
            Write($"f{i}.log", $"{i} first\n");
        }

        await StartAsync();
        await WaitForEventsAsync(FilesLimits.MaxOpenFiles + 100);
        for (int i = 0; i < FilesLimits.MaxOpenFiles + 100; i += 7)
        {
            Write($"f{i}.log", $"{i} second\n");
        }

        await ExpectExactlyAsync(Enumerable.Range(0, FilesLimits.MaxOpenFiles + 100).SelectMany(i => i % 7 == 0 ? new[] { $"{i} first", $"{i} second" } : [$"{i} first"]));
    }

    [Fact]
    public async Task JsonAndText_InOneFile_AreEachReadAsWhatTheyAre()
    {
        Write("app.log", "starting up\n{\"a\":1,\"time\":\"2026-11-22T14:02:11Z\"}\n{\n  \"b\": 2\n}\n{broken\n");
        await StartAsync();
        await WaitForEventsAsync(4);

        Assert.Equal(["starting up", "{\"a\":1,\"time\":\"2026-11-22T14:02:11Z\"}", "{\n  \"b\": 2\n}", "{broken"], Sink.Texts);
        Assert.Equal(2, Sink.Events[2].Fields.First("b").AsLong());
    }

    [Fact]
    public async Task Status_SaysFormatOffsetAndSize()
    {
        Write("access.log", "192.0.2.1 - - [22/Nov/2026:14:02:11 +0000] \"GET / HTTP/1.1\" 200 145\n");
        await StartAsync();
        await WaitForEventsAsync(1);
        await SettleAsync();

        FileStatus status = Assert.Single(Sources.Files);
        Assert.Equal((LineFormat.Access, FileState.Following, 68L, 68L, 0L), (status.Format, status.State, status.Offset, status.Size, status.Lag));
    }

    [Fact]
    public async Task AddedSource_IsFollowedAtOnceAndAfterARestart_UntilRemoved()
    {
        Source = Source with { Paths = [PathOf("configured/*.log")] };
        Directory.CreateDirectory(PathOf("added"));
        Write("added/a.log", "a\n");
        await StartAsync();
        FileSourceOptions added = new() { Paths = [PathOf("added/*.log")], DataStream = "logs-added-default" };

        Assert.Equal(["paths: expected an absolute path, found 'x'"], Sources.Add(new FileSourceOptions { Paths = ["x"] }));
        Assert.Empty(Sources.Add(added));
        Assert.Empty(Sources.Add(added));
        await WaitForEventsAsync(1);
        await StopAsync();
        Write("added/a.log", "b\n");
        await StartAsync();
        await WaitForEventsAsync(2);
        Assert.True(Sources.Remove(Sources.Sources[1].Key));
        Assert.False(Sources.Remove(Sources.Sources[0].Key));
        await WaitForAsync(() => Sources.Files.Count == 0);
        Write("added/a.log", "c\n");

        await ExpectExactlyAsync(["a", "b"]);
        Assert.Equal("logs-added-default", Sink.Events[1].DataStream.Value);
    }
}
