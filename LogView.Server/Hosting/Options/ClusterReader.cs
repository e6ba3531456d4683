using System.Globalization;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Elastic;

namespace LogView.Server.Hosting.Options;

/// <summary>The options of the engine <c>elastic</c>. Error sentences never quote a secret.</summary>
internal sealed class ClusterReader(OptionValues values)
{
    private const int MaxSecretFile = 64 * 1024;
    private const int FingerprintDigits = 64;

    /// <summary>The first problem; null: none.</summary>
    public string? Error { get; private set; }

    public List<string> Remarks { get; } = [];

    /// <param name="isEngine">The engine is used; otherwise its options are checked and remarked on.</param>
    public ElasticEngineOptions Read(bool isEngine)
    {
        OptionValue? nodes = values[OptionTable.ElasticUrl];
        if (isEngine && nodes is null)
        {
            Error = $"the engine elastic needs {OptionTable.ElasticUrl.Name}: expected http:// or https:// addresses of the cluster's nodes, found nothing";
        }

        if (!isEngine)
        {
            Remarks.AddRange(OptionTable.OfCluster.Prepend(OptionTable.ElasticUrl).Select(o => values[o]).OfType<OptionValue>()
                .Select(v => $"{v.Origin} is not used: it belongs to the engine elastic"));
        }

        ElasticEngineOptions read = new()
        {
            Nodes = nodes is { } given ? ReadNodes(given) : [],
            User = values[OptionTable.ElasticUser]?.Text,
            Password = ReadSecret(OptionTable.ElasticPassword, OptionTable.ElasticPasswordFile),
            ApiKey = ReadSecret(OptionTable.ElasticApiKey, OptionTable.ElasticApiKeyFile),
            BearerToken = ReadSecret(OptionTable.ElasticToken, OptionTable.ElasticTokenFile),
            CaFile = values[OptionTable.ElasticCa]?.Text,
            Fingerprint = ReadFingerprint(),
            Prefix = ReadPrefix(),
            Timeout = ReadTimeout(),
        };
        CheckCredentials(read);
        return read;
    }

    private List<Uri> ReadNodes(OptionValue nodes)
    {
        List<Uri> read = [];
        foreach (string text in nodes.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? node) || node.Scheme is not ("http" or "https"))
            {
                Error ??= $"{nodes.Origin}: expected http:// or https:// addresses, comma separated, found '{text}'";
            }
            else if (node.UserInfo.Length > 0)
            {
                Error ??= $"{nodes.Origin}: expected an address without user and password: they belong in {OptionTable.ElasticUser.Name} and {OptionTable.ElasticPasswordFile.Name}";
            }
            else
            {
                read.Add(node);
            }
        }

        if (read.Count == 0)
        {
            Error ??= $"{nodes.Origin}: expected http:// or https:// addresses, comma separated, found nothing";
        }

        return read;
    }

    private string? ReadSecret(Option value, Option file)
    {
        if (values[file] is not { } path)
        {
            return values[value]?.Text;
        }

        try
        {
            using FileStream stream = File.OpenRead(path.Text);
            if (stream.Length > MaxSecretFile)
            {
                Error ??= $"{path.Origin}: expected a file that holds the secret and nothing else, found one of {stream.Length} bytes";
                return null;
            }

            using StreamReader reader = new(stream);
            return reader.ReadToEnd().TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Error ??= $"{path.Origin}: expected a file that can be read: {e.Message}";
            return null;
        }
    }

    private string? ReadFingerprint()
    {
        if (values[OptionTable.ElasticFingerprint] is not { } given)
        {
            return null;
        }

        string digits = given.Text.Replace(":", "", StringComparison.Ordinal);
        if (digits.Length != FingerprintDigits || !digits.All(char.IsAsciiHexDigit))
        {
            Error ??= $"{given.Origin}: expected the SHA-256 of a certificate as {FingerprintDigits} hexadecimal digits, found '{given.Text}'";
        }

        return digits;
    }

    private string ReadPrefix()
    {
        if (values[OptionTable.ElasticPrefix] is not { } given)
        {
            return "";
        }

        if (!DataStreamName.TryParse(given.Text + "x", out _, out string? problem))
        {
            Error ??= $"{given.Origin}: expected the beginning of an index name, found '{given.Text}': {problem}";
        }

        return given.Text;
    }

    private TimeSpan ReadTimeout()
    {
        TimeSpan standard = new ElasticEngineOptions().Timeout;
        if (values[OptionTable.ElasticTimeout] is not { } given)
        {
            return standard;
        }

        if (!int.TryParse(given.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) || seconds is < 1 or > 3_600)
        {
            Error ??= $"{given.Origin}: expected seconds from 1 to 3600, found '{given.Text}'";
            return standard;
        }

        return TimeSpan.FromSeconds(seconds);
    }

    private void CheckCredentials(ElasticEngineOptions read)
    {
        int ways = (read.User is null ? 0 : 1) + (read.ApiKey is null ? 0 : 1) + (read.BearerToken is null ? 0 : 1);
        if (ways > 1)
        {
            Error ??= "the cluster's user, API key and token are given together, expected one of them";
        }
        else if (read.User is null != read.Password is null)
        {
            Error ??= $"{OptionTable.ElasticUser.Name} and its password are expected together, found one of them";
        }
    }
}
