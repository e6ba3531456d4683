namespace LogView.Client.Contracts.Events;

/// <summary>The levels of <c>log.level</c> after the pipeline: every shipper's words map onto these.</summary>
public enum Severity : byte
{
    Unknown,
    Trace,
    Debug,
    Info,
    Warn,
    Error,
    Fatal,
}

public static class Severities
{
    /// <summary>Values of <c>log.level</c> from most to least severe, as shown everywhere.</summary>
    public static readonly IReadOnlyList<string> Names = ["fatal", "error", "warn", "info", "debug", "trace"];

    /// <summary>The severity of a normalised <c>log.level</c>; <see cref="Severity.Unknown"/> for any other text.</summary>
    public static Severity Parse(string? level) => level switch
    {
        "fatal" => Severity.Fatal,
        "error" => Severity.Error,
        "warn" => Severity.Warn,
        "info" => Severity.Info,
        "debug" => Severity.Debug,
        "trace" => Severity.Trace,
        _ => Severity.Unknown,
    };

    /// <summary>The value of <c>log.level</c>, or null for <see cref="Severity.Unknown"/>.</summary>
    public static string? ToLevel(this Severity severity) => severity switch
    {
        Severity.Unknown => null,
        _ => severity.ToString().ToLowerInvariant(),
    };
}
