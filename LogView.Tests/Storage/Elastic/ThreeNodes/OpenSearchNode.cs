using System.Diagnostics;
using System.Globalization;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic.ThreeNodes;

/// <summary>One node of a cluster of three, that can be killed and started again on its data.</summary>
internal sealed class OpenSearchNode(int number, IReadOnlyList<int> transportPorts, string folder) : IAsyncDisposable
{
    private Process? _process;

    public string Name => Named(number);

    /// <summary>The same after a restart.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1");

    public async Task StartAsync()
    {
        string[] seeds = [.. transportPorts.Select(p => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{p}"))];
        string[] settings =
        [
            "--home", Path.Combine(folder, Name), "--port", Url.IsDefaultPort ? "0" : Url.Port.ToString(CultureInfo.InvariantCulture), $"node.name={Name}",
            string.Create(CultureInfo.InvariantCulture, $"transport.port={transportPorts[number - 1]}"), $"discovery.seed_hosts={string.Join(',', seeds)}",
            $"cluster.initial_cluster_manager_nodes={string.Join(',', Enumerable.Range(1, transportPorts.Count).Select(Named))}",
        ];
        (_process, Uri? url) = await ElasticServer.StartAsync(ProjectFolder.PathOf("..", "shared", "elasticsearch", "start"), "opensearch2", settings);
        Assert.True(url is not null, $"{Name} did not start");
        Url = url;
    }

    /// <summary>As a power cut does: the program gets no chance to say anything. The script around it ends by itself.</summary>
    public async Task KillAsync()
    {
        string children = await File.ReadAllTextAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process!.Id}/task/{_process.Id}/children"));
        using Process java = Process.GetProcessById(int.Parse(children.Trim().Split(' ')[0], CultureInfo.InvariantCulture));
        Assert.Equal("java", java.ProcessName);
        java.Kill();
        await ElasticServer.StopAsync(_process);
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await ElasticServer.StopAsync(_process);
        }
    }

    private static string Named(int number) => string.Create(CultureInfo.InvariantCulture, $"n{number}");
}
