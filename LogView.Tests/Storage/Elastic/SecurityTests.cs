using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LogView.Server.Platform;
using LogView.Server.Storage;
using LogView.Server.Storage.Elastic;
using LogView.Server.Storage.Elastic.Client;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Elastic;

/// <summary>A server that asks for credentials and speaks TLS: who gets in, and what the others are told. No sentence holds a secret.</summary>
[Collection("elasticsearch8")]
[Trait("Kind", "slow")]
public sealed class SecurityTests : IAsyncDisposable
{
    private const string Password = "pass-of-this-test";

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connect_TlsAndCredentials_LetsTheRightOnesIn()
    {
        using X509Certificate2 certificate = Certificate(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(100));
        using X509Certificate2 other = Certificate(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(100));
        (Process process, Uri url) = await StartAsync(certificate, $"loopback.auth.basic=logview:{Password}", "loopback.auth.api_key=id:key");
        ElasticEngineOptions right = Options(url) with { User = "logview", Password = Password, CaFile = Pem(certificate) };

        Assert.Null(await ProblemAsync(right));
        Assert.Null(await ProblemAsync(right with { CaFile = null, Fingerprint = certificate.GetCertHashString(HashAlgorithmName.SHA256) }));
        Assert.Null(await ProblemAsync(right with { User = null, Password = null, ApiKey = Convert.ToBase64String("id:key"u8) }));
        await ExpectAsync(ElasticFailure.Refused, "does not accept the credentials (401): check --elastic-user and its password", right with { Password = "wrong-secret" });
        await ExpectAsync(ElasticFailure.Refused, "(401)", right with { User = null, Password = null, ApiKey = Convert.ToBase64String("id:wrong-secret"u8) });
        await ExpectAsync(ElasticFailure.Refused, "(401)", right with { User = null, Password = null });
        await ExpectAsync(ElasticFailure.Untrusted, "is not trusted", right with { CaFile = Pem(other) });
        await ExpectAsync(ElasticFailure.Untrusted, "--elastic-ca or --elastic-fingerprint", right with { CaFile = null });
        await ExpectAsync(ElasticFailure.Untrusted, "is not trusted", right with { CaFile = null, Fingerprint = new string('0', 64) });
        await ElasticServer.StopAsync(process);
    }

    [Fact]
    public async Task Connect_ExpiredCertificate_SaysSo()
    {
        using X509Certificate2 certificate = Certificate(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(51));
        (Process process, Uri url) = await StartAsync(certificate);

        await ExpectAsync(ElasticFailure.Untrusted, "it may have expired", Options(url) with { CaFile = Pem(certificate) });
        await ElasticServer.StopAsync(process);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<(Process Process, Uri Url)> StartAsync(X509Certificate2 certificate, params string[] settings)
    {
        string script = ProjectFolder.PathOf("..", "shared", "elasticsearch", "start");
        if (!File.Exists(script))
        {
            Assert.Skip($"SKIPPED: {script} is not there, so credentials and TLS were not checked");
        }

        string store = Path.Combine(_folder.Path, "node.p12");
        await File.WriteAllBytesAsync(store, certificate.Export(X509ContentType.Pkcs12, "changeit"), Cancel);
        (Process process, Uri? url) = await ElasticServer.StartAsync(
            script, "elasticsearch8", [$"loopback.tls.keystore={store}", "loopback.tls.password=changeit", .. settings]);
        return (process, new UriBuilder(url!) { Scheme = "https", Host = "localhost" }.Uri);
    }

    private ElasticEngineOptions Options(Uri url) => new() { Nodes = [url], Directory = Path.Combine(_folder.Path, "elastic") };

    private static async Task<ElasticException?> ProblemAsync(ElasticEngineOptions options)
    {
        await using ElasticEventStore store = new(options, DiskFileSystem.Instance, TimeProvider.System);
        try
        {
            await store.SearchAsync(new StoreSearch { DataStreams = _ => true, Now = default }, progress: null, Cancel);
            return null;
        }
        catch (ElasticException e) when (store.Health.SearchProblem == e.Message)
        {
            return e;
        }
    }

    private static async Task ExpectAsync(ElasticFailure failure, string message, ElasticEngineOptions options)
    {
        ElasticException? problem = await ProblemAsync(options);

        Assert.NotNull(problem);
        Assert.Equal(failure, problem.Failure);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Password, options.ToString(), StringComparison.Ordinal);
    }

    private string Pem(X509Certificate2 certificate) => _folder.File($"{Guid.NewGuid():N}.pem", certificate.ExportCertificatePem());

    /// <summary>Signed by itself, so that it is its own authority.</summary>
    private static X509Certificate2 Certificate(DateTimeOffset from, DateTimeOffset to)
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new($"CN=localhost {Guid.NewGuid():N}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, true));
        return request.CreateSelfSigned(from, to);
    }
}
