using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LogView.Server.Storage.Elastic.Client;

/// <summary>Whether a node's certificate is trusted: by the machine, by an authority of the cluster's own, or by its fingerprint.</summary>
internal sealed class ElasticTrust
{
    private readonly X509Certificate2Collection? _authorities;
    private readonly string? _fingerprint;

    /// <summary>Throws <see cref="InvalidDataException"/> when the file cannot be read.</summary>
    public ElasticTrust(ElasticEngineOptions options)
    {
        _fingerprint = options.Fingerprint?.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant();
        _authorities = options.CaFile is { } file ? Load(file) : null;
    }

    /// <summary>Null: the platform's own check.</summary>
    public RemoteCertificateValidationCallback? Callback => _authorities is null && _fingerprint is null ? null : IsTrusted;

    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 leaf)
        {
            return false;
        }

        if (_fingerprint is not null)
        {
            return Fits(leaf) || (chain?.ChainElements.Any(e => Fits(e.Certificate)) ?? false);
        }

        // The chain is built anew from the given authority; a wrong host name stays wrong.
        using X509Chain own = new();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_authorities!);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (X509ChainElement element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            own.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && own.Build(leaf);
    }

    private bool Fits(X509Certificate2 certificate) =>
        certificate.GetCertHashString(HashAlgorithmName.SHA256).Equals(_fingerprint, StringComparison.Ordinal);

    private static X509Certificate2Collection Load(string file)
    {
        try
        {
            X509Certificate2Collection authorities = [];
            string text = File.ReadAllText(file);
            if (text.Contains("-----BEGIN", StringComparison.Ordinal))
            {
                authorities.ImportFromPem(text);
            }
            else
            {
                authorities.Add(X509CertificateLoader.LoadCertificateFromFile(file));
            }

            return authorities;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InvalidDataException($"{file}: expected a certificate authority as PEM or DER, which cannot be read: {e.Message}", e);
        }
    }
}
