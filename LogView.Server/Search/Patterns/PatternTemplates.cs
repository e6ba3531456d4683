using System.Text.RegularExpressions;
using LogView.Client.Language;
using LogView.Client.Language.Patterns;

namespace LogView.Server.Search.Patterns;

/// <summary>From a cluster to its template, and what a filter by the template would find.</summary>
internal static class PatternTemplates
{
    /// <summary>Of a cluster; short enough to be a filter.</summary>
    public static string Of(SignatureCluster cluster)
    {
        List<string> words = [];
        for (int i = 0; i < cluster.Words.Length; i++)
        {
            words.Add(cluster.Words[i]);
            if ((cluster.Repeats & (1UL << i)) != 0 && cluster.Words[i] is not (MessageTemplate.Words or MessageTemplate.Lines))
            {
                words.Add(MessageTemplate.Words);
            }
        }

        while (MessageTemplate.ToRegex(string.Join(' ', words)).Length > LanguageLimits.MaxRegexLength)
        {
            Shorten(words);
        }

        return string.Join(' ', words);
    }

    /// <summary>Among all messages shown: how many a filter by the template finds, those of the cluster and others that fit too, as far as examples tell.</summary>
    public static long Finds(string template, SignatureCluster cluster, IReadOnlyList<SignatureCluster> all)
    {
        Regex regex = RegexFactory.Create(MessageTemplate.ToRegex(template), ignoreCase: false);
        return cluster.Members.Sum(m => m.Count)
            + all.Where(c => c != cluster && MayFit(cluster, c)).SelectMany(c => c.Members).Where(m => m.IsExampleWhole && regex.IsMatch(m.Example!)).Sum(m => m.Count);
    }

    private static bool MayFit(SignatureCluster cluster, SignatureCluster other)
    {
        if (cluster.Words.Length == 0 || other.Words.Length == 0)
        {
            return cluster.Words.Length == other.Words.Length;
        }

        string first = cluster.Words[0], theirs = other.Words[0];
        return Varies(first) || Varies(theirs) || string.Equals(first, theirs, StringComparison.Ordinal);
    }

    private static bool Varies(string word) => word.Contains(MessageTemplate.Any, StringComparison.Ordinal);

    /// <summary>Leaves the end open one word earlier.</summary>
    private static void Shorten(List<string> words)
    {
        int last = words[^1] is MessageTemplate.Lines ? words.Count - 2 : words.Count - 1;
        if (words[last] is MessageTemplate.Words)
        {
            words.RemoveAt(last - 1);
        }
        else
        {
            words[last] = MessageTemplate.Words;
        }
    }
}
