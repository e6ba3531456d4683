using LogView.Client.Language.Patterns;

namespace LogView.Server.Search.Patterns;

/// <summary>Signatures of one pattern: as many words, and most of them the same.</summary>
internal sealed class SignatureCluster
{
    private readonly List<Signature> _members = [];

    public SignatureCluster(Signature first)
    {
        Words = [.. first.Words];
        Repeats = first.Repeats;
        _members.Add(first);
    }

    public SignatureCluster(IReadOnlyList<Signature> members)
        : this(members[0])
    {
        foreach (Signature member in members.Skip(1))
        {
            Add(member);
        }
    }

    public IReadOnlyList<Signature> Members => _members;

    /// <summary>What the members have in common; <see cref="MessageTemplate.Any"/> where they differ.</summary>
    public string[] Words { get; }

    /// <summary>Bit i: word i stands for one or more alike.</summary>
    public ulong Repeats { get; private set; }

    /// <summary>How many words are those of another, 0 to 1; less than <paramref name="least"/> for some number below it when it is not reached.</summary>
    public double Likeness(string[] words, double least)
    {
        int differs = 0, most = (int)((1 - least) * words.Length);
        for (int i = 0; i < words.Length && differs <= most; i++)
        {
            differs += ReferenceEquals(Words[i], words[i]) || string.Equals(Words[i], words[i], StringComparison.Ordinal) ? 0 : 1;
        }

        return words.Length == 0 ? 1 : 1 - ((double)differs / words.Length);
    }

    public void Add(Signature member)
    {
        _members.Add(member);
        Repeats |= member.Repeats;
        for (int i = 0; i < Words.Length; i++)
        {
            if (!string.Equals(Words[i], member.Words[i], StringComparison.Ordinal))
            {
                Repeats |= HasQuoted(Words[i]) || HasQuoted(member.Words[i]) ? 1UL << i : 0;
                Words[i] = MessageTemplate.Any;
            }
        }
    }

    /// <summary>All members as one.</summary>
    public Signature Fold()
    {
        var folded = new Signature(Words, new long[_members[0].Trend.Length]) { Repeats = Repeats };
        foreach (Signature member in _members)
        {
            folded.Add(member);
        }

        folded.Repeats |= Repeats;
        return folded;
    }

    /// <summary>A quoted text may have white space, a varying word has none.</summary>
    private static bool HasQuoted(string word) => word.Contains("\"<*>\"", StringComparison.Ordinal);
}
