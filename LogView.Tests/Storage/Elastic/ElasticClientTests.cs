using LogView.Server.Storage.Elastic;
using LogView.Server.Storage.Elastic.Client;
using LogView.Tests.Tail;

namespace LogView.Tests.Storage.Elastic;

/// <summary>The client alone, against a server that is none.</summary>
public sealed class ElasticClientTests
{
    /// <summary>So often that some resets come between the connection and its first use, where the runtime throws another exception.</summary>
    private const int Calls = 400;

    [Fact]
    public async Task Send_EveryConnectionIsReset_SaysUnreachable()
    {
        await using TcpProxy proxy = new("http://127.0.0.1:1");
        proxy.Cut(refuseNew: true);
        using ElasticClient client = new(new ElasticEngineOptions { Nodes = [proxy.Address] }, TimeProvider.System);

        ElasticException[] errors = await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ =>
            Assert.ThrowsAsync<ElasticException>(() => client.SendAsync(ElasticCall.Get("/"), TestContext.Current.CancellationToken))));

        Assert.All(errors, e => Assert.Equal(ElasticFailure.Unreachable, e.Failure));
    }
}
