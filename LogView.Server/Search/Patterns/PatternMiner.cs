using LogView.Client.Language.Patterns;

namespace LogView.Server.Search.Patterns;

/// <summary>
/// Finds the patterns of messages that are shown to it one by one, with exact counts. Memory is bounded: when too many masked forms are known they are folded into
/// their patterns, and patterns too rare to keep are counted together. One thread at a time.
/// </summary>
/// <param name="buckets">Time buckets that events are counted in, at least 1.</param>
internal sealed class PatternMiner(int buckets)
{
    /// <summary>Masked forms known at once: a few MB, and clustered in some 100 ms. Real systems have some hundred.</summary>
    public const int MaxSignatures = 10_000;

    /// <summary>Patterns kept by a folding. Nobody reads more.</summary>
    public const int MaxPatterns = 4_000;

    private readonly MessageMasker _masker = new();
    private readonly Dictionary<string, Signature> _signatures = new(StringComparer.Ordinal);
    private readonly long[] _rare = new long[buckets];
    private List<Signature> _folded = [];

    /// <summary>Messages shown.</summary>
    public long Messages { get; private set; }

    /// <summary>Messages of patterns that were too rare to keep, by bucket. Empty of counts as long as there are few patterns.</summary>
    public IReadOnlyList<long> Rare => _rare;

    /// <param name="message">The whole text.</param>
    /// <param name="bucket">Time bucket, from 0.</param>
    /// <returns>What it was counted as; stays good until the next folding.</returns>
    public Signature Add(string message, int bucket)
    {
        ReadOnlySpan<char> form = _masker.Mask(message);
        var known = _signatures.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(form, out Signature? signature))
        {
            if (_signatures.Count + _folded.Count >= MaxSignatures)
            {
                Fold();
            }

            string key = form.ToString();
            _signatures[key] = signature = new Signature(key.Length == 0 ? [] : key.Split(' '), new long[buckets]);
        }

        signature.Repeats |= _masker.Repeats;
        signature.Add(message, bucket);
        Messages++;
        return signature;
    }

    /// <summary>The patterns, the most frequent first. More messages may follow.</summary>
    public IReadOnlyList<SignatureCluster> Patterns() =>
        [.. SignatureClusters.Of(_signatures.Values.Concat(_folded)).OrderByDescending(c => c.Members.Sum(m => m.Count)).ThenBy(c => string.Join(' ', c.Words), StringComparer.Ordinal)];

    private void Fold()
    {
        Signature[] folded = [.. SignatureClusters.Of(_signatures.Values.Concat(_folded)).Select(c => c.Fold()).OrderByDescending(s => s.Count)];
        foreach (Signature rare in folded.Skip(MaxPatterns))
        {
            for (int i = 0; i < _rare.Length; i++)
            {
                _rare[i] += rare.Trend[i];
            }
        }

        _folded = [.. folded.Take(MaxPatterns)];
        _signatures.Clear();
    }
}
