using System.Text.Json;
using System.Text.Json.Serialization;
using LogView.Server.Ingest.Files.Watching;
using LogView.Server.Platform;

namespace LogView.Server.Ingest.Files;

/// <summary>Configured and added sources, and what the receiver last said of the files.</summary>
internal sealed partial class FileSources : IFileSources
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly ILogger<FileSources> _logger;
    private List<FileSourceState> _sources;
    private volatile IReadOnlyList<FileStatus> _files = [];

    public FileSources(FilesOptions options, ChangeSet changes, ILogger<FileSources> logger)
    {
        (Changes, _logger) = (changes, logger);
        _path = Path.Combine(options.DataFolder, FileNames.FilesSources);
        _sources = [.. options.Sources.Select(s => new FileSourceState(KeyOf(s), s, Added: false))];
        foreach (FileSourceOptions source in Load())
        {
            if (FileSourceValidator.Problems(source) is [var problem, ..])
            {
                LogIgnored(logger, problem);
            }
            else if (!_sources.Exists(s => string.Equals(s.Key, KeyOf(source), StringComparison.Ordinal)))
            {
                _sources.Add(new FileSourceState(KeyOf(source), source, Added: true));
            }
        }
    }

    /// <summary>Woken when the sources change.</summary>
    public ChangeSet Changes { get; }

    public IReadOnlyList<FileSourceState> Sources
    {
        get
        {
            lock (_gate)
            {
                return _sources;
            }
        }
    }

    public IReadOnlyList<FileStatus> Files => _files;

    public IReadOnlyList<string> Add(FileSourceOptions source)
    {
        IReadOnlyList<string> problems = FileSourceValidator.Problems(source);
        if (problems.Count > 0)
        {
            return problems;
        }

        FileSourceState added = new(KeyOf(source), source, Added: true);
        lock (_gate)
        {
            if (_sources.Exists(s => string.Equals(s.Key, added.Key, StringComparison.Ordinal)))
            {
                return [];
            }

            List<FileSourceState> sources = [.. _sources, added];
            if (TrySave(sources) is { } problem)
            {
                return [problem];
            }

            _sources = sources;
        }

        Changes.AddLost();
        return [];
    }

    public bool Remove(string key)
    {
        lock (_gate)
        {
            List<FileSourceState> sources = [.. _sources.Where(s => !(s.Added && string.Equals(s.Key, key, StringComparison.Ordinal)))];
            if (sources.Count == _sources.Count || TrySave(sources) is not null)
            {
                return false;
            }

            _sources = sources;
        }

        Changes.AddLost();
        return true;
    }

    /// <summary>The receiver's view after a pass.</summary>
    public void Publish(IReadOnlyList<FileStatus> files) => _files = files;

    private static string KeyOf(FileSourceOptions source) => $"{source.DataStream}|{string.Join('|', source.Paths)}";

    private List<FileSourceOptions> Load()
    {
        if (!File.Exists(_path))
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize<List<FileSourceOptions>>(File.ReadAllBytes(_path), Json) ?? [];
        }
        catch (JsonException e)
        {
            LogIgnored(_logger, e.Message);
            return [];
        }
    }

    private string? TrySave(List<FileSourceState> sources)
    {
        try
        {
            string temporary = _path + FileNames.ReplacementSuffix;
            using (FileStream file = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                JsonSerializer.Serialize(file, sources.Where(s => s.Added).Select(s => s.Options).ToList(), Json);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, _path, overwrite: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"the list of sources could not be saved: {e.Message}";
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An added source of files is ignored: {Problem}")]
    private static partial void LogIgnored(ILogger logger, string problem);
}
