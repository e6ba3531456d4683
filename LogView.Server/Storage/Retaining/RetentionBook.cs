using System.Collections.Concurrent;
using System.Text.Json;
using LogView.Client.Contracts.DataStreams;
using LogView.Client.Contracts.Events;
using LogView.Server.Platform;

namespace LogView.Server.Storage.Retaining;

/// <summary>
/// What is kept of each data stream: what an administrator set for it, else what the settings file says. The former is in a file of the data
/// folder, replaced as a whole, and survives restarts and the deletion of the data stream. Safe for concurrent use.
/// </summary>
public sealed class RetentionBook
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly IFileSystem _files;
    private readonly string _folder;
    private readonly RetentionOptions _options;
    private readonly Lock _writing = new();
    private readonly ConcurrentDictionary<DataStreamName, Retention> _set;

    /// <summary>Throws <see cref="InvalidDataException"/> when the file is not what this class writes: guessing could delete what somebody wants kept.</summary>
    public RetentionBook(IFileSystem files, string dataFolder, RetentionOptions options)
    {
        (_files, _folder, _options) = (files, dataFolder, options);
        _set = new ConcurrentDictionary<DataStreamName, Retention>(Read());
    }

    /// <summary>What counts for the data stream, and whether an administrator set it for this one.</summary>
    public (Retention Retention, bool IsOwn) Of(DataStreamName name) => _set.TryGetValue(name, out Retention? own) ? (own, true) : (Configured(name), false);

    /// <summary>Sets it durably; null goes back to what the settings file says. Throws <see cref="IOException"/>, and then nothing changed.</summary>
    public void Set(DataStreamName name, Retention? retention)
    {
        lock (_writing)
        {
            var changed = new Dictionary<DataStreamName, Retention>(_set);
            if (retention is null)
            {
                changed.Remove(name);
            }
            else
            {
                changed[name] = retention;
            }

            Write(changed);
            if (retention is null)
            {
                _set.TryRemove(name, out _);
            }
            else
            {
                _set[name] = retention;
            }
        }
    }

    private Retention Configured(DataStreamName name)
    {
        string? pattern = _options.DataStreams.Keys.Where(p => DataStreamPattern.Matches(p, name.Value))
            .OrderByDescending(p => p.Length).ThenBy(p => p, StringComparer.Ordinal).FirstOrDefault();
        return pattern is null
            ? new Retention(_options.Age, _options.Bytes)
            : new Retention(_options.DataStreams[pattern].Age, _options.DataStreams[pattern].Bytes);
    }

    private Dictionary<DataStreamName, Retention> Read()
    {
        if (!_files.ListFiles(_folder).Contains(FileNames.Retention, StringComparer.Ordinal))
        {
            return [];
        }

        string path = Path.Combine(_folder, FileNames.Retention);
        try
        {
            Dictionary<string, Entry>? entries = JsonSerializer.Deserialize<Dictionary<string, Entry>>(_files.ReadAll(path), Json);
            return (entries ?? []).ToDictionary(e => DataStreamName.Parse(e.Key), e => e.Value.ToRetention());
        }
        catch (Exception e) when (e is JsonException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"'{path}' cannot be read, so what to keep of each data stream is not known: {e.Message}. Mend it, or move it away to go by the settings file", e);
        }
    }

    private void Write(Dictionary<DataStreamName, Retention> set)
    {
        Dictionary<string, Entry> entries = set.OrderBy(s => s.Key.Value, StringComparer.Ordinal)
            .ToDictionary(s => s.Key.Value, s => new Entry(s.Value.Age?.TotalSeconds, s.Value.Bytes), StringComparer.Ordinal);
        _files.ReplaceDurably(Path.Combine(_folder, FileNames.Retention), JsonSerializer.SerializeToUtf8Bytes(entries, Json));
    }

    private sealed record Entry(double? AgeSeconds, long? Bytes)
    {
        public Retention ToRetention() => new(AgeSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, Bytes);
    }
}
