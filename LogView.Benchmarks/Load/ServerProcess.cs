using System.Diagnostics;

namespace LogView.Benchmarks.Load;

/// <summary>The built server as a process of its own, on free ports and a temporary data folder that goes with it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    public const string AdminKey = "benchmark-admin-key-of-this-process-only";

    private const string Ready = "ready ";

    private readonly string _data;
    private readonly string _engine;
    private Process _process;

    private ServerProcess(Process process, string data, string engine, (Uri Address, Uri SignIn) links) =>
        (_process, _data, _engine, Address, SignIn) = (process, data, engine, links.Address, links.SignIn);

    public Uri Address { get; }

    /// <summary>Signs a browser in, once.</summary>
    public Uri SignIn { get; }

    public long WorkingSetBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Memory of the process itself, without the files it has mapped.</summary>
    public long AnonymousBytes
    {
        get
        {
            string? line = File.ReadLines($"/proc/{_process.Id}/status").FirstOrDefault(l => l.StartsWith("RssAnon", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(string.Concat(line.Where(char.IsAsciiDigit)), System.Globalization.CultureInfo.InvariantCulture) * 1024;
        }
    }

    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long DataBytes => new DirectoryInfo(_data).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);

    /// <summary>Starts the Release build of LogView.Server and returns once it printed its ready line.</summary>
    /// <param name="engine">Engine to run on.</param>
    /// <param name="settings">The settings file.</param>
    public static async Task<ServerProcess> StartAsync(string engine, string settings)
    {
        string data = Directory.CreateTempSubdirectory("logview-load-").FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "logview.json"), settings);
        (Process process, (Uri Address, Uri SignIn) links) = await RunAsync(data, engine);
        return new ServerProcess(process, data, engine, links);
    }

    /// <summary>Kills the process and starts another over the same data. Returns how long the start took.</summary>
    public async Task<TimeSpan> KillAndRestartAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        long started = Stopwatch.GetTimestamp();
        (_process, _) = await RunAsync(_data, _engine);
        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task<(Process Process, (Uri Address, Uri SignIn) Links)> RunAsync(string data, string engine)
    {
        var start = new ProcessStartInfo("dotnet", [ServerBinary(), "--data", data, "--urls", "http://127.0.0.1:0", "--elastic-port", "0", "--engine", engine])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LOGVIEW_ADMIN_KEY"] = AdminKey, ["DOTNET_ENVIRONMENT"] = "Production" },
        };
        Process process = Process.Start(start)!;
        var log = new List<string>();
        process.ErrorDataReceived += (_, line) => log.Add(line.Data ?? "");
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Ready, StringComparison.Ordinal))
            {
                string link = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("LogView printed no sign-in link");
                _ = process.StandardOutput.ReadToEndAsync();
                return (process, (new Uri(line[Ready.Length..]), new Uri(link)));
            }
        }

        throw new InvalidOperationException($"LogView did not start:\n{string.Join('\n', log)}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private static string ServerBinary()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LogView.sln")))
        {
            folder = folder.Parent;
        }

        string path = Path.Combine(folder?.FullName ?? ".", "LogView.Server", "bin", "Release", "net10.0", "logview.dll");
        return File.Exists(path) ? path : throw new InvalidOperationException("Build LogView.Server in Release first: dotnet build -c Release LogView.Server");
    }
}
