using System.Buffers;
using LogView.Client.Language.Patterns;

namespace LogView.Server.Search.Patterns;

/// <summary>
/// Puts signatures together into patterns. After Drain (He et al., 2017): signatures of as many words that start the same and share most words are one; but over the
/// distinct masked forms with their counts, the most frequent first, so that the order of events does not matter, and where members differ by two plain words
/// only (<c>true</c> and <c>false</c>, <c>begin</c> and <c>end</c>) these are told apart.
/// </summary>
internal static class SignatureClusters
{
    /// <summary>Share of words in common. Scored on the eight systems of loghub: 0.5 joins what differs, above 0.7 what belongs together falls apart.</summary>
    private const double MinLikeness = 0.6;

    /// <summary>Plain words in one place that are still told apart.</summary>
    private const int MaxPlainWords = 2;

    /// <summary>Clusters of one start that a signature is compared with: bounds the work on messages that are all different.</summary>
    private const int MaxCompared = 400;

    /// <summary>What no plain word has.</summary>
    private static readonly SearchValues<char> NotPlain = SearchValues.Create("0123456789<>*/\\");

    public static List<SignatureCluster> Of(IEnumerable<Signature> signatures)
    {
        Dictionary<(int, string, string, string), List<SignatureCluster>> byStart = [];
        foreach (Signature signature in signatures.OrderByDescending(s => s.Count).ThenBy(s => string.Join(' ', s.Words), StringComparer.Ordinal))
        {
            (int, string, string, string) start = (signature.Words.Length, Start(signature, 0), Start(signature, 1), End(signature.Words));
            if (!byStart.TryGetValue(start, out List<SignatureCluster>? alike))
            {
                byStart[start] = alike = [];
            }

            if (Nearest(alike, signature) is { } cluster)
            {
                cluster.Add(signature);
            }
            else
            {
                alike.Add(new SignatureCluster(signature));
            }
        }

        return [.. byStart.Values.SelectMany(c => c).SelectMany(Split)];
    }

    private static string Start(Signature signature, int at) =>
        at >= signature.Words.Length ? "" : signature.Words[at].Contains(MessageTemplate.Any, StringComparison.Ordinal) ? MessageTemplate.Any : signature.Words[at];

    /// <summary>What stands for any number of words or for further lines. It is told apart from a last word: one place cannot stand for both.</summary>
    private static string End(string[] words) => words switch
    {
        [.., MessageTemplate.Words, MessageTemplate.Lines] => MessageTemplate.Words + MessageTemplate.Lines,
        [.., MessageTemplate.Words or MessageTemplate.Lines] => words[^1],
        _ => "",
    };

    private static SignatureCluster? Nearest(List<SignatureCluster> clusters, Signature signature)
    {
        SignatureCluster? nearest = null;
        double best = MinLikeness;
        for (int i = 0; i < clusters.Count && i < MaxCompared; i++)
        {
            double likeness = clusters[i].Likeness(signature.Words, best);
            if (likeness > best || (nearest is null && likeness >= best))
            {
                (nearest, best) = (clusters[i], likeness);
            }
        }

        return nearest;
    }

    private static IEnumerable<SignatureCluster> Split(SignatureCluster cluster)
    {
        int at = Enumerable.Range(0, cluster.Words.Length).FirstOrDefault(i => IsChoice(cluster, i), -1);
        return at < 0 ? [cluster] : cluster.Members.GroupBy(m => m.Words[at], StringComparer.Ordinal).SelectMany(g => Split(new SignatureCluster([.. g])));
    }

    /// <summary>True where the members have one of a few plain words.</summary>
    private static bool IsChoice(SignatureCluster cluster, int at)
    {
        if (cluster.Members.Count == 1 || cluster.Words[at] is not MessageTemplate.Any)
        {
            return false;
        }

        HashSet<string> words = new(StringComparer.Ordinal);
        foreach (Signature member in cluster.Members)
        {
            string word = member.Words[at];
            if ((words.Add(word) && words.Count > MaxPlainWords) || !IsPlain(word))
            {
                return false;
            }
        }

        return words.Count > 1;
    }

    private static bool IsPlain(string word) => !word.AsSpan().ContainsAny(NotPlain);
}
