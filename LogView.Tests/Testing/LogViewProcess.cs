using System.Diagnostics;
using System.Globalization;

namespace LogView.Tests.Testing;

/// <summary>The built <c>logview</c> as a process of its own, for what only a real process can show: exit codes, signals, <c>kill -9</c>.</summary>
internal sealed class LogViewProcess : IAsyncDisposable
{
    /// <summary>A start on a loaded machine takes a few seconds; a minute means that it hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly List<string> _output = [];
    private readonly List<string> _error = [];

    private LogViewProcess(Process process) => _process = process;

    /// <summary>Lines of standard output so far.</summary>
    public IReadOnlyList<string> Output => Snapshot(_output);

    /// <summary>Lines of standard error so far.</summary>
    public IReadOnlyList<string> Error => Snapshot(_error);

    /// <summary>From the ready line; known after <see cref="WaitReadyAsync"/>.</summary>
    public string Url => _ready.Task.Result;

    public int Id => _process.Id;

    /// <summary>Starts the program with just these arguments and LOGVIEW_… variables.</summary>
    public static LogViewProcess Start(IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment = null)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "logview.dll");
        ProcessStartInfo start = new("dotnet", [program, .. args]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("LOGVIEW_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        LogViewProcess process = new(new Process { StartInfo = start });
        process.Run();
        return process;
    }

    /// <summary>Starts with a data folder, free ports and the admin key of <see cref="LogViewServer"/>, and waits until it serves.</summary>
    public static async Task<LogViewProcess> ServeAsync(string dataFolder, params string[] more)
    {
        LogViewProcess process = Start(
            ["--data", dataFolder, "--urls", "http://127.0.0.1:0", "--elastic-port", "0", .. more],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["LOGVIEW_ADMIN_KEY"] = LogViewServer.AdminKey });
        await process.WaitReadyAsync();
        return process;
    }

    /// <summary>The address of the ready line; fails with what the program said when it ends before.</summary>
    public Task<string> WaitReadyAsync() => _ready.Task.WaitAsync(Patience);

    /// <summary>Kills without warning, as a crash or the out-of-memory killer does.</summary>
    public Task<int> KillAsync()
    {
        _process.Kill();
        return WaitForExitAsync();
    }

    /// <summary>Asks to end and waits for it.</summary>
    public async Task<int> TerminateAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        return await WaitForExitAsync();
    }

    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Run()
    {
        _process.OutputDataReceived += (_, line) => Add(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Add(_error, line.Data);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException("logview ended: " + string.Join('\n', Error)));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Add(List<string> lines, string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_gate)
        {
            lines.Add(line);
        }

        if (line.StartsWith("ready ", StringComparison.Ordinal))
        {
            _ready.TrySetResult(line["ready ".Length..]);
        }
    }

    private string[] Snapshot(List<string> lines)
    {
        lock (_gate)
        {
            return [.. lines];
        }
    }

}
