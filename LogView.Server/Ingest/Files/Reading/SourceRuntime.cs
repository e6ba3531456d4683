using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Files.Finding;
using LogView.Server.Ingest.Files.Joining;

namespace LogView.Server.Ingest.Files.Reading;

/// <summary>A source with its patterns compiled.</summary>
internal sealed class SourceRuntime
{
    public SourceRuntime(FileSourceOptions options, string key, string ownFolder)
    {
        (Options, Key) = (options, key);
        Globs = new GlobSet(options, ownFolder);
        Rules = new JoinRules(options.Multiline);
        DataStream = DataStreamName.Parse(options.DataStream);
        Zone = options.Zone is { } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : TimeZoneInfo.Local;
        FileSourceValidator.TryEncoding(options.Encoding, out Encoding encoding);
        Encoding = encoding;
    }

    public FileSourceOptions Options { get; }

    public string Key { get; }

    public GlobSet Globs { get; }

    public JoinRules Rules { get; }

    public DataStreamName DataStream { get; }

    public TimeZoneInfo Zone { get; }

    public Encoding Encoding { get; }
}
