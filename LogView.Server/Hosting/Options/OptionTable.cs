namespace LogView.Server.Hosting.Options;

/// <summary>One option by all its names. <c>docs/operations.md</c> lists the same; a test compares them.</summary>
/// <param name="Name">On the command line, with its dashes; null: not there.</param>
/// <param name="Environment">Environment variable; null: none.</param>
/// <param name="Key">Name in the settings file; null: not there.</param>
/// <param name="Value">What the value is, for help; null for a switch without one.</param>
/// <param name="Meaning">One sentence for help, default included.</param>
public sealed record Option(string? Name, string? Environment, string? Key, string? Value, string Meaning)
{
    /// <summary>How the option is found again in <see cref="OptionValues"/>.</summary>
    public string Id => Name ?? Environment!;
}

public static class OptionTable
{
    public static readonly Option Data = new("--data", "LOGVIEW_DATA", "data", "FOLDER",
        "Everything LogView keeps; one process at a time. Default: ~/.local/share/logview (%LOCALAPPDATA%\\LogView)");

    public static readonly Option Urls = new("--urls", "LOGVIEW_URLS", "urls", "URL[,URL]",
        "Page, API and hub. Default: http://127.0.0.1:5700");

    public static readonly Option ElasticPort = new("--elastic-port", "LOGVIEW_ELASTIC_PORT", "elasticPort", "PORT",
        "Elasticsearch-compatible port, at the address of --urls; 0 for none. Default: 9200, or none if that is taken");

    public static readonly Option Engine = new("--engine", "LOGVIEW_ENGINE", "engine", "NAME",
        "Event store: embedded, memory, or elastic, a cluster of Elasticsearch or OpenSearch. Default: embedded");

    public static readonly Option ElasticUrl = new("--elastic-url", "LOGVIEW_ELASTIC_URL", "elasticUrl", "URL[,URL]",
        "Nodes of the cluster for --engine elastic");

    public static readonly Option ElasticUser = new("--elastic-user", "LOGVIEW_ELASTIC_USER", "elasticUser", "NAME",
        "User for the cluster; the password is in the file of --elastic-password-file or in LOGVIEW_ELASTIC_PASSWORD");

    public static readonly Option ElasticPassword = new(Name: null, "LOGVIEW_ELASTIC_PASSWORD", Key: null, "PASSWORD",
        "Password of --elastic-user");

    public static readonly Option ElasticPasswordFile = new("--elastic-password-file", "LOGVIEW_ELASTIC_PASSWORD_FILE", "elasticPasswordFile", "FILE",
        "A file that holds the password of --elastic-user and nothing else");

    public static readonly Option ElasticApiKey = new(Name: null, "LOGVIEW_ELASTIC_API_KEY", Key: null, "KEY",
        "API key for the cluster, encoded as Elasticsearch gives it");

    public static readonly Option ElasticApiKeyFile = new("--elastic-api-key-file", "LOGVIEW_ELASTIC_API_KEY_FILE", "elasticApiKeyFile", "FILE",
        "A file that holds the API key for the cluster and nothing else");

    public static readonly Option ElasticToken = new(Name: null, "LOGVIEW_ELASTIC_TOKEN", Key: null, "TOKEN",
        "Bearer token for the cluster");

    public static readonly Option ElasticTokenFile = new("--elastic-token-file", "LOGVIEW_ELASTIC_TOKEN_FILE", "elasticTokenFile", "FILE",
        "A file that holds the bearer token for the cluster and nothing else");

    public static readonly Option ElasticCa = new("--elastic-ca", "LOGVIEW_ELASTIC_CA", "elasticCa", "FILE",
        "Certificate authority that signed the nodes' certificates, as PEM or DER. Default: the machine's own trust");

    public static readonly Option ElasticFingerprint = new("--elastic-fingerprint", "LOGVIEW_ELASTIC_FINGERPRINT", "elasticFingerprint", "SHA256",
        "SHA-256 of the nodes' certificate or of its authority, in hex; then nothing else of the certificate is looked at");

    public static readonly Option ElasticPrefix = new("--elastic-prefix", "LOGVIEW_ELASTIC_PREFIX", "elasticPrefix", "TEXT",
        "Begins the name of every index that LogView writes and looks at. Default: none, and it looks at all");

    public static readonly Option ElasticTimeout = new("--elastic-timeout", "LOGVIEW_ELASTIC_TIMEOUT", "elasticTimeout", "SECONDS",
        "How long the cluster may take to answer one request. Default: 60");

    public static readonly Option Config = new("--config", "LOGVIEW_CONFIG", Key: null, "FILE",
        "These settings and all the others as JSON. Default: logview.json in --data, if there");

    public static readonly Option Demo = new("--demo", Environment: null, "demo", Value: null,
        "Made-up events of a small shop into logs-demo-default: a day of history, then live");

    public static readonly Option AdminKey = new(Name: null, "LOGVIEW_ADMIN_KEY", Key: null, "KEY",
        "An API key with all rights, set by whoever provisions the machine");

    public static readonly Option Help = new("--help", Environment: null, Key: null, Value: null, "This text");

    public static readonly Option Version = new("--version", Environment: null, Key: null, Value: null, "The version");

    /// <summary>What belongs to <see cref="ElasticUrl"/>.</summary>
    public static readonly IReadOnlyList<Option> OfCluster =
    [
        ElasticUser, ElasticPassword, ElasticPasswordFile, ElasticApiKey, ElasticApiKeyFile, ElasticToken, ElasticTokenFile, ElasticCa, ElasticFingerprint, ElasticPrefix,
        ElasticTimeout,
    ];

    public static readonly IReadOnlyList<Option> All = [Data, Urls, ElasticPort, Engine, ElasticUrl, .. OfCluster, Config, Demo, AdminKey, Help, Version];
}
