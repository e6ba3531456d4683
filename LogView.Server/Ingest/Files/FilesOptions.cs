using LogView.Server.Ingest.Parsing;

namespace LogView.Server.Ingest.Files;

/// <summary>The files receiver: what to follow and how often to look.</summary>
public sealed record FilesOptions
{
    /// <summary>Where offsets and added sources are kept; nothing below it is ever followed.</summary>
    public required string DataFolder { get; init; }

    /// <summary>From the settings file. More can be added while running: <see cref="IFileSources"/>.</summary>
    public IReadOnlyList<FileSourceOptions> Sources { get; init; } = [];

    /// <summary>
    /// Changes are reported by the operating system; this is the safety net for file systems that report none, for lost reports, and
    /// for files that could not be opened.
    /// </summary>
    public TimeSpan RescanInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Offsets are written this often; after a crash at most this much is read again (and recognised).</summary>
    public TimeSpan SaveInterval { get; init; } = TimeSpan.FromSeconds(1);
}

/// <summary>Some files that are read alike. JSON names are these in camel case.</summary>
public sealed record FileSourceOptions
{
    public const string DefaultDataStream = "logs-files-default";

    /// <summary>The logs of this machine, for the button of the empty page. What is not text is left out anyway.</summary>
    public static readonly FileSourceOptions VarLog = new()
    {
        Paths = ["/var/log/**"],
        Exclude = ["wtmp*", "btmp*", "lastlog*", "faillog*", "tallylog*", "*.journal", "*.journal~", "*.xz", "*.bz2", "*.zst", "README"],
        DataStream = "logs-varlog-default",
    };

    /// <summary>Absolute paths; <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>{a,b}</c> within a name, <c>**</c> for any folders.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>What <see cref="Paths"/> find but shall not be read; without a slash a name anywhere, else a path.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    public string DataStream { get; init; } = DefaultDataStream;

    public LineFormat Format { get; init; }

    /// <summary>Of times without an offset: an IANA name such as <c>Asia/Seoul</c>; null: this machine's.</summary>
    public string? Zone { get; init; }

    /// <summary>Where to start in a file that was already there when the source was first seen. Files that appear later are read from their beginning.</summary>
    public FileStart Start { get; init; }

    /// <summary>Of files without a byte order mark: <c>utf-8</c>, <c>utf-16le</c>, <c>euc-kr</c>, <c>shift_jis</c>, <c>windows-1252</c>, …</summary>
    public string Encoding { get; init; } = "utf-8";

    public MultilineOptions Multiline { get; init; } = new();
}

public enum FileStart : byte
{
    Beginning,
    End,
}

/// <summary>Joining of lines that are one event.</summary>
public sealed record MultilineOptions
{
    /// <summary>False: every line is an event.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>A line that matches starts an event, any other continues it. Null, with <see cref="Continuation"/> null too: stack traces are recognised.</summary>
    public string? Start { get; init; }

    /// <summary>A line that matches continues the event before it.</summary>
    public string? Continuation { get; init; }

    /// <summary>The event ends here and the next one takes the rest.</summary>
    public int MaxLines { get; init; } = 500;

    /// <summary>As <see cref="MaxLines"/>, in bytes of UTF-8.</summary>
    public int MaxBytes { get; init; } = FilesLimits.MaxLineBytes;

    /// <summary>No continuation is expected after this much silence.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMilliseconds(500);
}
