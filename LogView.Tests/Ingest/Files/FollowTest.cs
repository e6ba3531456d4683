using System.Diagnostics;
using LogView.Server.Ingest.Files;
using LogView.Server.Ingest.Files.Watching;
using LogView.Server.Platform;
using LogView.Tests.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Win32.SafeHandles;

namespace LogView.Tests.Ingest.Files;

/// <summary>The files receiver over real files in a folder of the test's own, with a clock that the test moves and a sink in memory.</summary>
public abstract class FollowTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly TempFolder _folder = new();
    private readonly ILoggerFactory _loggers;
    private FilesReceiver? _receiver;
    private ChangeSet? _changes;

    protected FollowTest()
    {
        Logs = Directory.CreateDirectory(Path.Combine(_folder.Path, "logs")).FullName;
        Data = Directory.CreateDirectory(Path.Combine(_folder.Path, "data")).FullName;
        _loggers = LoggerFactory.Create(b => b.AddProvider(Log));
        Source = new FileSourceOptions { Paths = [Path.Combine(Logs, "**")], Zone = "UTC" };
    }

    private protected string Logs { get; }

    private protected string Data { get; }

    private protected FakeTimeProvider Clock { get; } = new(DateTimeOffset.UnixEpoch.AddSeconds(1795356000));

    private protected MemorySink Sink { get; } = new();

    private protected CapturedLog Log { get; } = new();

    private protected FileSourceOptions Source { get; set; }

    private protected bool WatchesFolders { get; set; } = true;

    private protected Func<string, SafeFileHandle>? OpenFile { get; set; }

    private protected FileSources Sources { get; private set; } = null!;

    private string OffsetsFile => Path.Combine(Data, FileNames.FilesOffsets);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _loggers.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected string PathOf(string name) => Path.Combine(Logs, name);

    private protected void Write(string name, string text) => File.AppendAllText(PathOf(name), text);

    private protected static string Lines(string prefix, int from, int count) =>
        string.Concat(Enumerable.Range(from, count).Select(i => $"{prefix} {i}\n"));

    private protected async Task StartAsync(params FileSourceOptions[] sources)
    {
        FilesOptions options = new() { DataFolder = Data, Sources = sources.Length > 0 ? sources : [Source] };
        foreach (FileSourceOptions source in options.Sources)
        {
            Assert.Empty(FileSourceValidator.Problems(source));
        }

        _changes = new ChangeSet();
        Sources = new FileSources(options, _changes, _loggers.CreateLogger<FileSources>());
        _receiver = OpenFile is null
            ? new FilesReceiver(options, Sources, Sink, Clock, _loggers.CreateLogger<FilesReceiver>()) { WatchesFolders = WatchesFolders }
            : new FilesReceiver(options, Sources, Sink, Clock, _loggers.CreateLogger<FilesReceiver>()) { WatchesFolders = WatchesFolders, OpenFile = OpenFile };
        await _receiver.StartAsync(TestContext.Current.CancellationToken);
    }

    private protected async Task StopAsync()
    {
        if (_receiver is not null)
        {
            await _receiver.StopAsync(CancellationToken.None);
            _receiver.Dispose();
            _changes!.Dispose();
            _receiver = null;
        }
    }

    /// <summary>As kill -9: what was not saved by now is forgotten.</summary>
    private protected async Task KillAsync()
    {
        byte[]? saved = File.Exists(OffsetsFile) ? await File.ReadAllBytesAsync(OffsetsFile) : null;
        await StopAsync();
        if (saved is null)
        {
            File.Delete(OffsetsFile);
        }
        else
        {
            await File.WriteAllBytesAsync(OffsetsFile, saved);
        }
    }

    /// <summary>Waits until so many events are stored, letting the receiver's time pass meanwhile.</summary>
    private protected Task WaitForEventsAsync(int count, bool timePasses = true) => WaitForAsync(() => Sink.Events.Count >= count, timePasses, () => Sink.Events.Count);

    private protected async Task WaitForAsync(Func<bool> done, bool timePasses = true, Func<object>? state = null, int stepMilliseconds = 200)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!done())
        {
            if (watch.Elapsed > Patience)
            {
                Assert.Fail($"It did not happen: {state?.Invoke()}\n{string.Join('\n', Log.Lines)}\n{string.Join('\n', Sources.Files)}");
            }

            await Task.WhenAny(Sink.Changed, Task.Delay(Look, TestContext.Current.CancellationToken));
            if (timePasses)
            {
                Clock.Advance(TimeSpan.FromMilliseconds(stepMilliseconds));
            }
        }
    }

    /// <summary>Lets time pass that would bring out anything left over, and then expects exactly these texts in any order.</summary>
    private protected async Task ExpectExactlyAsync(IEnumerable<string> texts)
    {
        List<string> expected = [.. texts.Order(StringComparer.Ordinal)];
        await WaitForEventsAsync(expected.Count);
        await SettleAsync();
        foreach (var twice in Sink.Events.GroupBy(MemorySink.Text).Where(g => g.Count() > 1).Take(2).Concat(Sink.Events.GroupBy(MemorySink.Text).Where(g => g.Count() > 1).TakeLast(2)))
        {
            TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', twice.Select(e => $"{e.Sequence} {e.Id} {System.Text.Encoding.UTF8.GetString(e.Derived.Span)} {MemorySink.Text(e)}")));
        }

        Assert.Equal(expected, Sink.Texts.Order(StringComparer.Ordinal));
    }

    /// <summary>Waits until every file is read to its end and nothing is held, over several scans.</summary>
    private protected async Task SettleAsync()
    {
        DateTimeOffset until = Clock.GetUtcNow() + TimeSpan.FromSeconds(25);
        await WaitForAsync(() => Clock.GetUtcNow() > until && Sources.Files.All(f => f.Lag == 0), state: () => string.Join('\n', Sources.Files), stepMilliseconds: 1_000);
    }
}
