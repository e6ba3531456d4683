using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;

namespace LogView.Tests.Protocol;

/// <summary>
/// The real npm clients of <c>Protocol/clients</c>, installed once per lock file outside the project. Needs Node.js and npm, which
/// <c>./test</c> installs.
/// </summary>
public sealed class NpmClients : IAsyncLifetime
{
    private static readonly TimeSpan InstallTime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RunTime = TimeSpan.FromMinutes(1);

    private string _folder = "";

    public async ValueTask InitializeAsync()
    {
        string sources = Testing.ProjectFolder.PathOf("LogView.Tests", "Protocol", "clients");
        byte[] hash = SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(sources, "package-lock.json")));
        _folder = Path.Combine(Path.GetTempPath(), $"logview-npm-clients-{Convert.ToHexString(hash)[..12]}");
        Directory.CreateDirectory(_folder);
        foreach (string file in Directory.EnumerateFiles(sources))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)), overwrite: true);
        }

        if (!File.Exists(Path.Combine(_folder, "node_modules", ".package-lock.json")))
        {
            await RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"], InstallTime);
        }
    }

    /// <summary>Runs one of the scripts and returns the last line of its output as JSON.</summary>
    public async Task<JsonElement> RunScriptAsync(string script, params string[] arguments)
    {
        string output = await RunAsync("node", [script, .. arguments], RunTime);
        string last = output.Trim().Split('\n')[^1];
        return JsonDocument.Parse(last).RootElement;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<string> RunAsync(string program, string[] arguments, TimeSpan limit)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var timeout = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end within {limit}:\n{await output}\n{await errors}");
        }

        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}\n{await errors}");
        return await output;
    }
}
