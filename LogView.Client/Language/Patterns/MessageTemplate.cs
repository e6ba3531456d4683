using System.Text;
using System.Text.RegularExpressions;

namespace LogView.Client.Language.Patterns;

/// <summary>
/// A message pattern as people read it and as filters and addresses hold it: the words that stay, separated by single spaces, and marks for what varies.
/// White space of any length separates words; what is no mark stands for itself, in the same case.
/// </summary>
public static class MessageTemplate
{
    /// <summary>One or more characters other than white space; between double quotes anything but a quote, white space and nothing at all too.</summary>
    public const string Any = "<*>";

    /// <summary>As a word of its own: any number of further words, also none.</summary>
    public const string Words = "<...>";

    /// <summary>As the last word: the text goes on in further lines.</summary>
    public const string Lines = "<lines>";

    private const string Quoted = "\"<*>\"";

    /// <summary>
    /// The regular expression that finds exactly the texts of a template. It may be longer than <see cref="LanguageLimits.MaxRegexLength"/> for a template that was
    /// not made by LogView.
    /// </summary>
    public static string ToRegex(string template)
    {
        string[] words = template.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool goesOn = words.Length > 0 && words[^1] is Lines;
        var regex = new StringBuilder(@"^\s*");
        bool isFirst = true;
        foreach (string word in goesOn ? words.AsSpan(..^1) : words)
        {
            if (word is Words)
            {
                regex.Append(isFirst ? @"(\S+(\s+\S+)*)?" : @"([^\S\r\n]+\S+)*");
            }
            else
            {
                regex.Append(isFirst ? "" : @"\s+");
                AppendWord(regex, word);
            }

            isFirst = false;
        }

        return regex.Append(goesOn ? @"\s*[\r\n]\s*\S" : @"\s*$").ToString();
    }

    private static void AppendWord(StringBuilder regex, string word)
    {
        for (int at = 0; at < word.Length;)
        {
            ReadOnlySpan<char> rest = word.AsSpan(at);
            if (rest.StartsWith(Quoted, StringComparison.Ordinal))
            {
                regex.Append("\"[^\"]*\"");
                at += Quoted.Length;
            }
            else if (rest.StartsWith(Any, StringComparison.Ordinal))
            {
                regex.Append(@"\S+");
                at += Any.Length;
            }
            else
            {
                regex.Append(Regex.Escape(word[at].ToString()));
                at++;
            }
        }
    }
}
