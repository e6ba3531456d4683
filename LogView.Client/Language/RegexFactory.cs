using System.Text.RegularExpressions;

namespace LogView.Client.Language;

/// <summary>
/// Regular expressions of queries: .NET's non-backtracking engine, so that matching takes time linear in the text whatever the pattern.
/// It has no backreferences and lookarounds, and refuses patterns whose automaton would be too large.
/// </summary>
public static class RegexFactory
{
    /// <param name="Offset">In the pattern.</param>
    /// <param name="Length">How many characters are wrong.</param>
    /// <param name="Expected">What would be right.</param>
    public sealed record RegexError(int Offset, int Length, string Expected);

    /// <summary>Null when the pattern can be used.</summary>
    public static RegexError? Validate(string pattern) => Compile(pattern, ignoreCase: false, out _);

    /// <summary>The compiled pattern. Only for patterns that <see cref="Validate"/> takes.</summary>
    public static Regex Create(string pattern, bool ignoreCase) =>
        Compile(pattern, ignoreCase, out Regex? regex) is { } error ? throw new ArgumentException(error.Expected, nameof(pattern)) : regex!;

    /// <summary>Compiles, or says what is wrong.</summary>
    public static RegexError? Compile(string pattern, bool ignoreCase, out Regex? regex)
    {
        regex = null;
        if (pattern.Length > LanguageLimits.MaxRegexLength)
        {
            return new RegexError(0, pattern.Length, $"a regular expression of at most {LanguageLimits.MaxRegexLength} characters");
        }

        RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
        try
        {
            regex = new Regex(pattern, ignoreCase ? options | RegexOptions.IgnoreCase : options, Regex.InfiniteMatchTimeout);
            return null;
        }
        catch (RegexParseException e)
        {
            int offset = Math.Clamp(e.Offset - 1, 0, pattern.Length - 1);
            return new RegexError(offset, 1, $"a regular expression ({Reason(e.Error)})");
        }
        catch (NotSupportedException)
        {
            return new RegexError(0, pattern.Length, "a regular expression without lookarounds, backreferences and large repeats");
        }
    }

    private static string Reason(RegexParseError error)
    {
        IEnumerable<string> words = error.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}");
        return string.Concat(words);
    }
}
