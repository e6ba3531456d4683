using System.Text;

namespace LogView.Client.Language.Matching;

/// <summary>Words that stand in every text a regular expression matches, so that an index of words can narrow what has to be looked at.</summary>
internal static class RequiredWords
{
    /// <summary>White space as <see cref="Patterns.MessageTemplate"/> writes it.</summary>
    private const string Gap = @"\s+";

    /// <summary>
    /// The longest run of literal words, each between white space or the ends of the text. Null where none is sure: then words may be parts of longer ones, or
    /// the expression has alternatives.
    /// </summary>
    public static string? Of(string pattern)
    {
        if (pattern.Contains('|', StringComparison.Ordinal) || pattern.Contains("(?", StringComparison.Ordinal)
            || !pattern.StartsWith(@"^\s*", StringComparison.Ordinal) || !pattern.EndsWith(@"\s*$", StringComparison.Ordinal) || pattern.Length < @"^\s*\s*$".Length)
        {
            return null;
        }

        string best = "", run = "";
        foreach (string word in pattern[@"^\s*".Length..^@"\s*$".Length].Split(Gap))
        {
            run = Literal(word) is { } literal ? $"{run} {literal}".Trim() : "";
            best = run.Length > best.Length ? run : best;
        }

        // An index of words has no punctuation.
        return TextTest.Phrase(best, slop: 0).Matchers.Count == 0 ? null : best;
    }

    /// <summary>The text of a part without any operator; null for others.</summary>
    private static string? Literal(string part)
    {
        var text = new StringBuilder();
        for (int i = 0; i < part.Length; i++)
        {
            if (part[i] == '\\' && i + 1 < part.Length && !char.IsAsciiLetterOrDigit(part[i + 1]) && part[i + 1] != '_')
            {
                text.Append(part[++i]);
            }
            else if (part[i] is '\\' or '*' or '+' or '?' or '(' or ')' or '[' or ']' or '{' or '}' or '.' or '^' or '$')
            {
                return null;
            }
            else
            {
                text.Append(part[i]);
            }
        }

        return text.Length == 0 ? null : text.ToString();
    }
}
