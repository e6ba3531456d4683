using LogView.Server.Platform;
using LogView.Server.Storage.Elastic;

namespace LogView.Server.Hosting.Options;

/// <summary>Options or the one sentence why there are none.</summary>
public sealed record OptionsResult(LogViewOptions? Options, string? Error);

/// <summary>Puts command line, environment and settings file together and checks every value.</summary>
public sealed class OptionsReader
{
    private readonly OptionValues _values;
    private readonly List<string> _remarks = [];
    private string? _error;

    private OptionsReader(OptionValues values) => _values = values;

    public static OptionsResult Read(CommandLine commandLine, IReadOnlyDictionary<string, string> environment)
    {
        OptionsReader reader = new(new OptionValues(commandLine, environment));
        LogViewOptions? options = commandLine.Error is null ? reader.Read() : null;
        string? error = commandLine.Error ?? reader._error;
        return error is null ? new OptionsResult(options, null) : new OptionsResult(null, error);
    }

    private LogViewOptions? Read()
    {
        _error = _values.MisspeltVariable();
        string data = ReadDataFolder();
        Settings settings = ReadSettings(ref data);
        string engine = ReadEngine();
        return new LogViewOptions
        {
            DataFolder = data,
            Addresses = ReadAddresses(),
            ElasticPort = ReadElasticPort(),
            IsElasticPortGiven = _values[OptionTable.ElasticPort] is not null,
            Engine = engine,
            Cluster = ReadCluster(engine),
            StartDemo = ReadSwitch(OptionTable.Demo),
            AdminKey = _values[OptionTable.AdminKey]?.Text,
            Settings = settings,
            Remarks = _remarks,
        };
    }

    private string ReadDataFolder()
    {
        string text = _values[OptionTable.Data]?.Text ?? DefaultDataFolder();
        try
        {
            return Path.GetFullPath(text);
        }
        catch (ArgumentException)
        {
            Fail(_values[OptionTable.Data]!.Value, "a folder");
            return text;
        }
    }

    private static string DefaultDataFolder() =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            OperatingSystem.IsWindows() ? "LogView" : "logview");

    /// <summary>A file that was named may move the data folder; the one found in the data folder may not.</summary>
    private Settings ReadSettings(ref string data)
    {
        OptionValue? named = _values[OptionTable.Config];
        string path = named?.Text ?? Path.Combine(data, FileNames.Settings);
        if (named is null && !File.Exists(path))
        {
            return new Settings();
        }

        (Settings? settings, string? error) = SettingsFile.Read(path, _values);
        _error ??= error is null ? null : named is null ? error : $"{named.Value.Origin}: {error}";
        if (named is null && _values.InFile(OptionTable.Data) is { } elsewhere && !string.Equals(Path.GetFullPath(elsewhere.Text), data, StringComparison.Ordinal))
        {
            _error ??= $"{path}: 'data' is expected on the command line or in a file given with --config, not in a file of the data folder itself";
        }

        data = _error is null ? ReadDataFolder() : data;
        return settings ?? new Settings();
    }

    private string ReadEngine()
    {
        OptionValue? engine = _values[OptionTable.Engine];
        string name = engine?.Text ?? LogViewOptions.DefaultEngine;
        if (name is not ("memory" or "embedded" or "elastic"))
        {
            string? nearest = NearestName.Find(name, ["memory", "embedded", "elastic"]);
            Fail(engine!.Value, "embedded, elastic or memory", nearest);
        }

        return name;
    }

    private ElasticEngineOptions ReadCluster(string engine)
    {
        ClusterReader reader = new(_values);
        ElasticEngineOptions cluster = reader.Read(engine is "elastic");
        _error ??= reader.Error;
        _remarks.AddRange(reader.Remarks);
        return cluster;
    }

    private List<ListenAddress> ReadAddresses()
    {
        if (_values[OptionTable.Urls] is not { } urls)
        {
            return [ListenAddress.Default];
        }

        List<ListenAddress> addresses = [];
        foreach (string text in urls.Text.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (ListenAddress.TryParse(text, out ListenAddress? address, out string? error))
            {
                addresses.Add(address);
            }
            else
            {
                _error ??= $"{urls.Origin}: {error}";
            }
        }

        if (addresses.Count == 0)
        {
            Fail(urls, "http://ADDRESS:PORT");
        }

        return addresses;
    }

    private int? ReadElasticPort()
    {
        if (_values[OptionTable.ElasticPort] is not { } value)
        {
            return LogViewOptions.DefaultElasticPort;
        }

        if (!ListenAddress.TryPort(value.Text, out int port))
        {
            Fail(value, "a port from 1 to 65535, or 0 for none");
        }

        return port == 0 ? null : port;
    }

    private bool ReadSwitch(Option option)
    {
        string text = _values[option]?.Text ?? "false";
        if (text is not ("true" or "false"))
        {
            Fail(_values[option]!.Value, "true or false");
        }

        return text is "true";
    }

    private void Fail(OptionValue value, string expected, string? nearest = null) =>
        _error ??= $"{value.Origin}: expected {expected}, found '{value.Text}'{(nearest is null ? "" : $"; did you mean {nearest}?")}";
}
