using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using LogView.Server.Hosting.Options;
using LogView.Server.Hosting.Starting;
using LogView.Tests.Testing;

namespace LogView.Tests.Hosting;

public sealed class StartTests
{
    [Theory]
    [InlineData("--help", "--elastic-port")]
    [InlineData("--version", "0.1.0")]
    public async Task Run_HelpOrVersion_AnswersOnStandardOutput(string option, string expected)
    {
        (int exitCode, string output, string error) = await RunAsync(option);

        Assert.Equal(Starter.Done, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Theory]
    [InlineData("--prot", "unknown option '--prot'")]
    [InlineData("chek", "did you mean check?")]
    public async Task Run_NotUnderstood_SaysWhyInOneSentenceAndExitsWithTwo(string args, string expected)
    {
        (int exitCode, string output, string error) = await RunAsync(args.Split(' '));

        Assert.Equal(Starter.BadOptions, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Empty(output);
    }

    [Fact]
    public async Task Serve_FreePort_PrintsTheBoundAddressAndIsAlive()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        Assert.Equal($"ready {server.Url}", server.Output.ToString().Split('\n')[0].TrimEnd());
        Assert.DoesNotContain(":0", server.Url + "/", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await server.Anonymous.GetAsync("/health/live")).StatusCode);
    }

    /// <summary>Something that goes on for a server that is gone, a timer or a listener, would keep all of it.</summary>
    [Fact]
    public async Task Dispose_OfAServer_LetsGoOfAllOfIt()
    {
        WeakReference services = await StartAndDisposeAsync();

        // What was under way at the end may take a moment to come to it.
        for (long start = Stopwatch.GetTimestamp(); services.IsAlive && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30);)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
        }

        Assert.False(services.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static async Task<WeakReference> StartAndDisposeAsync()
        {
            await using LogViewServer server = await LogViewServer.StartAsync();
            (await server.Anonymous.GetAsync("/sign-in")).Dispose();
            return new WeakReference(server.Services);
        }
    }

    [Fact]
    public async Task Serve_DataFolderInUse_SaysSo()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        (int exitCode, _, string error) = await RunAsync("--data", server.DataFolder, "--urls", "http://127.0.0.1:0");

        Assert.Equal(Starter.CannotStart, exitCode);
        Assert.Contains("in use by another LogView", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_DataFolderThatCannotBeWritten_SaysWhyAndNotThatItIsInUse()
    {
        using TempFolder folder = new();
        // As on a volume that is read-only or full, the file cannot be made.
        File.CreateSymbolicLink(Path.Combine(folder.Path, "lock"), Path.Combine(folder.Path, "nowhere", "lock"));

        (int exitCode, _, string error) = await RunAsync("--data", folder.Path, "--urls", "http://127.0.0.1:0");

        Assert.Equal(Starter.CannotStart, exitCode);
        Assert.Contains($"expected a folder that can be written, '{folder.Path}' cannot", error, StringComparison.Ordinal);
        Assert.DoesNotContain("another LogView", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_GivenElasticPortTaken_RefusesToStart()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        using TempFolder folder = new();

        (int exitCode, _, string error) = await RunAsync(
            "--data", folder.Path, "--urls", "http://127.0.0.1:0", "--elastic-port", server.Url.Split(':')[^1]);

        Assert.Equal(Starter.CannotStart, exitCode);
        Assert.Contains("--elastic-port", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_DefaultElasticPortTaken_GoesOnWithoutAndSaysSo()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();
        LogViewOptions options = new()
        {
            DataFolder = "", Addresses = [ListenAddress.Default.WithPort(0)], ElasticPort = new Uri(server.Url).Port, IsElasticPortGiven = false,
        };

        PortsResult result = Ports.Check(options);

        Assert.Null(result.Error);
        Assert.Null(result.Options.ElasticPort);
        Assert.Contains("going on without it", Assert.Single(result.Options.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ElasticPort_AnyOtherEndpoint_IsNotThere()
    {
        await using LogViewServer server = await LogViewServer.StartAsync();

        using HttpResponseMessage answer = await server.Elastic.GetAsync("/health/live");

        Assert.InRange((int)answer.StatusCode, 400, 404);
        Assert.DoesNotContain("Healthy", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_RetentionNotReadable_DoesNotStartAndSaysWhy()
    {
        using TempFolder folder = new();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "retention.json"), "not JSON", TestContext.Current.CancellationToken);
        await using LogViewProcess process = LogViewProcess.Start(["--data", folder.Path, "--urls", "http://127.0.0.1:0", "--elastic-port", "0"]);

        Assert.Equal(Starter.CannotStart, await process.WaitForExitAsync());
        Assert.Contains(process.Error, line => line.StartsWith("logview: '", StringComparison.Ordinal) && line.Contains("retention.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Process_Sigterm_ExitsWithZeroWithinTenSeconds()
    {
        using TempFolder folder = new();
        await using LogViewProcess process = await LogViewProcess.ServeAsync(folder.Path);
        long started = TimeProvider.System.GetTimestamp();

        int exitCode = await process.TerminateAsync();

        Assert.Equal(0, exitCode);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exitCode = await Starter.RunAsync(
            args, new Dictionary<string, string>(StringComparer.Ordinal), new StandardStreams(output, error),
            (_, _) => throw new InvalidOperationException("These tests do not come that far"));
        return (exitCode, output.ToString(), error.ToString());
    }
}
