using System.Diagnostics;
using System.Globalization;
using LogView.Server.Platform;
using LogView.Server.Storage.Elastic;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic;

/// <summary>
/// A real server for the tests of one collection: at the URL in <c>LOGVIEW_TEST_ELASTICSEARCH8</c> and its like, which should hold nothing else, or
/// started from <c>../shared/elasticsearch</c>; it ends with this process. Neither: each test is skipped and says so.
/// </summary>
public abstract class ElasticServer(string product) : IAsyncLifetime
{
    /// <summary>What these servers hold is thrown away, so nothing is gained by waiting for a disk: a new index takes half as long here.</summary>
    private const string InMemory = "/dev/shm";

    private const long RoomNeeded = 4L << 30;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private Process? _process;
    private int _prefixes;
    private string? _missing;

    public Uri? Url { get; private set; }

    /// <summary>Skips the running test when there is no server.</summary>
    public Uri Require()
    {
        if (Url is null)
        {
            Assert.Skip($"SKIPPED: {_missing}, so what {product} does was not checked");
        }

        return Url;
    }

    public async ValueTask InitializeAsync()
    {
        string variable = $"LOGVIEW_TEST_{product.ToUpperInvariant()}";
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given)
        {
            Url = new Uri(given);
            return;
        }

        string script = ProjectFolder.PathOf("..", "shared", "elasticsearch", "start");
        if (!File.Exists(script))
        {
            _missing = $"{variable} is not set and {script} is not there";
            return;
        }

        // Every half a minute a server looks at its disks, and takes away the block of a full disk if they have room: also one that a test put there.
        // Each test leaves some indices behind, hundreds of tests more than the thousand that a node takes by default.
        (_process, Url) = await StartAsync(script, product, "cluster.info.update.interval=1h", "cluster.max_shards_per_node=10000");
        _missing = Url is null ? $"{product} did not start: is Java 17 installed?" : null;
    }

    /// <summary>Starts a server with more settings, <c>name=value</c>, that ends when its standard input closes.</summary>
    internal static async Task<(Process Process, Uri? Url)> StartAsync(string script, string product, params string[] settings)
    {
        ProcessStartInfo start = new(script) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])[product, "--until-stdin-closes", .. settings])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ES_HEAP"] = "512m";
        if (Directory.Exists(InMemory) && new DriveInfo(InMemory).AvailableFreeSpace > RoomNeeded)
        {
            start.Environment["TMPDIR"] = InMemory;
        }

        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        using CancellationTokenSource timeout = new(StartTimeout);
        string? line = await process.StandardOutput.ReadLineAsync(timeout.Token);
        return (process, line?.StartsWith("ready ", StringComparison.Ordinal) is true ? new Uri(line["ready ".Length..]) : null);
    }

    internal static async Task StopAsync(Process process)
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await StopAsync(_process);
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>A new store sees nothing of the others: its indices begin with a name of their own.</summary>
    internal string NextPrefix() => string.Create(CultureInfo.InvariantCulture, $"t{Environment.ProcessId}-{Interlocked.Increment(ref _prefixes)}-");

    internal ElasticEngineOptions Options(string folder, string prefix) => new() { Nodes = [Require()], Directory = Path.Combine(folder, "elastic"), Prefix = prefix };

    internal ElasticEventStore Open(string folder, string prefix) => new(Options(folder, prefix), DiskFileSystem.Instance, TimeProvider.System);
}

public sealed class Elasticsearch8() : ElasticServer("elasticsearch8");

public sealed class OpenSearch2() : ElasticServer("opensearch2");

public sealed class Elasticsearch7() : ElasticServer("elasticsearch7");

/// <summary>One after the other, behind all other tests: each server has the machine for itself.</summary>
[CollectionDefinition("elasticsearch8", DisableParallelization = true)]
public sealed class Elasticsearch8Tests : ICollectionFixture<Elasticsearch8>;

[CollectionDefinition("opensearch2", DisableParallelization = true)]
public sealed class OpenSearch2Tests : ICollectionFixture<OpenSearch2>;

[CollectionDefinition("elasticsearch7", DisableParallelization = true)]
public sealed class Elasticsearch7Tests : ICollectionFixture<Elasticsearch7>;
