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
        "Event store: embedded or memory; elastic is not in this version yet. Default: embedded");

    public static readonly Option ElasticUrl = new("--elastic-url", "LOGVIEW_ELASTIC_URL", "elasticUrl", "URL[,URL]",
        "Cluster nodes for --engine elastic");

    public static readonly Option Config = new("--config", "LOGVIEW_CONFIG", Key: null, "FILE",
        "These settings and all the others as JSON. Default: logview.json in --data, if there");

    public static readonly Option Demo = new("--demo", Environment: null, "demo", Value: null,
        "Made-up events of a small shop into logs-demo-default: a day of history, then live");

    public static readonly Option AdminKey = new(Name: null, "LOGVIEW_ADMIN_KEY", Key: null, "KEY",
        "An API key with all rights, set by whoever provisions the machine");

    public static readonly Option Help = new("--help", Environment: null, Key: null, Value: null, "This text");

    public static readonly Option Version = new("--version", Environment: null, Key: null, Value: null, "The version");

    public static readonly IReadOnlyList<Option> All = [Data, Urls, ElasticPort, Engine, ElasticUrl, Config, Demo, AdminKey, Help, Version];
}
