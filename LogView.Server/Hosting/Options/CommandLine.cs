namespace LogView.Server.Hosting.Options;

/// <summary>What <c>logview</c> is asked to do.</summary>
public enum Verb : byte
{
    Serve,
    Check,
    Repair,
    SignInLink,
    Help,
    Version,
}

/// <summary>The command line cut into a verb and option values; nothing is checked but the names.</summary>
/// <param name="Verb">What to do.</param>
/// <param name="Values">Text by <see cref="Option.Id"/>.</param>
/// <param name="Error">Why it cannot be read: one sentence.</param>
public sealed record CommandLine(Verb Verb, IReadOnlyDictionary<string, string> Values, string? Error = null)
{
    private static readonly Dictionary<string, Verb> Verbs = new(StringComparer.Ordinal)
    {
        ["check"] = Verb.Check,
        ["repair"] = Verb.Repair,
        ["sign-in-link"] = Verb.SignInLink,
    };

    private static readonly IReadOnlyList<string> Names = [.. OptionTable.All.Where(o => o.Name is not null).Select(o => o.Name!)];

    /// <summary>Reads <c>--name value</c>, <c>--name=value</c> and switches. <c>--help</c> and <c>--version</c> win over anything after them.</summary>
    public static CommandLine Read(IReadOnlyList<string> args)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        Verb verb = Verb.Serve;
        for (int i = 0; i < args.Count; i++)
        {
            string arg = args[i];
            if (!arg.StartsWith('-'))
            {
                if (i > 0 || !Verbs.TryGetValue(arg, out verb))
                {
                    return Failed(UnknownWord(arg));
                }

                continue;
            }

            int equals = arg.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? arg : arg[..equals];
            Option? option = Find(name);
            if (option is null)
            {
                return Failed(Unknown("option", name, Names));
            }

            if (option == OptionTable.Help || option == OptionTable.Version)
            {
                return new CommandLine(option == OptionTable.Help ? Verb.Help : Verb.Version, values);
            }

            string? value = equals >= 0 ? arg[(equals + 1)..] : option.Value is null ? "true" : i + 1 < args.Count ? args[++i] : null;
            if (value is null || (equals < 0 && option.Value is not null && value.StartsWith("--", StringComparison.Ordinal)))
            {
                return Failed($"{name}: expected {option.Value} after it, found {(value is null ? "nothing" : $"'{value}'")}");
            }

            if (!values.TryAdd(option.Id, value))
            {
                return Failed($"{name} is given twice, expected once");
            }
        }

        return new CommandLine(verb, values);

        static CommandLine Failed(string error) => new(Verb.Serve, new Dictionary<string, string>(StringComparer.Ordinal), error);
    }

    internal static string Unknown(string what, string name, IEnumerable<string> known)
    {
        string? nearest = NearestName.Find(name, known);
        return $"unknown {what} '{name}', expected one of {string.Join(", ", known)}{(nearest is null ? "" : $"; did you mean {nearest}?")}";
    }

    private static string UnknownWord(string word) => Unknown("command", word, Verbs.Keys) +
        (NearestName.Find("--" + word, Names) is { } name ? $"; did you mean {name}?" : "");

    private static Option? Find(string name) => name is "-h" or "-?"
        ? OptionTable.Help
        : OptionTable.All.FirstOrDefault(o => string.Equals(o.Name, name, StringComparison.Ordinal));
}
