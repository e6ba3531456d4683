using System.Collections;

namespace LogView.Server.Hosting.Options;

/// <summary>One option's text and the place it came from, for the sentence when it is wrong.</summary>
public readonly record struct OptionValue(string Text, string Origin);

/// <summary>The texts of all options, from the strongest source that names each: command line, environment, file.</summary>
public sealed class OptionValues(CommandLine commandLine, IReadOnlyDictionary<string, string> environment)
{
    /// <summary>Edits within which an unknown LOGVIEW_… variable is a misspelling. Container platforms set others for a service of that name.</summary>
    private const int MisspeltEdits = 2;

    private readonly Dictionary<string, OptionValue> _file = new(StringComparer.Ordinal);

    public OptionValue? this[Option option] =>
        commandLine.Values.TryGetValue(option.Id, out string? given) ? new OptionValue(given, option.Name!)
        : option.Environment is { } name && environment.TryGetValue(name, out string? set) && set.Length > 0 ? new OptionValue(set, name)
        : InFile(option);

    public OptionValue? InFile(Option option) => _file.TryGetValue(option.Id, out OptionValue value) ? value : null;

    public void AddFromFile(Option option, OptionValue value) => _file[option.Id] = value;

    /// <summary>The sentence about an environment variable that is nearly one of LogView's; null: none.</summary>
    public string? MisspeltVariable()
    {
        List<string> known = [.. OptionTable.All.Where(o => o.Environment is not null).Select(o => o.Environment!)];
        foreach (string name in environment.Keys.Order(StringComparer.Ordinal))
        {
            if (!known.Contains(name, StringComparer.Ordinal) && known.Any(k => NearestName.Distance(k, name) <= MisspeltEdits))
            {
                return CommandLine.Unknown("environment variable", name, known);
            }
        }

        return null;
    }

    /// <summary>The process's variables that concern LogView.</summary>
    public static IReadOnlyDictionary<string, string> FromProcess() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Where(e => ((string)e.Key).StartsWith("LOGVIEW_", StringComparison.OrdinalIgnoreCase))
        .ToDictionary(e => (string)e.Key, e => e.Value as string ?? "", StringComparer.Ordinal);
}
