namespace LogView.Server.Search.Patterns;

/// <summary>Messages of one masked form, or after a folding those of one pattern: how many, when, and one of them.</summary>
/// <param name="words">Of the form.</param>
/// <param name="trend">Events of each time bucket; owned.</param>
internal sealed class Signature(string[] words, long[] trend)
{
    /// <summary>Characters of a message that are kept as an example.</summary>
    public const int MaxExample = 4_000;

    public string[] Words { get; } = words;

    public long[] Trend { get; } = trend;

    /// <summary>Bit i: word i stands for one or more alike.</summary>
    public ulong Repeats { get; set; }

    public long Count { get; private set; }

    /// <summary>A message of the form; null before the first.</summary>
    public string? Example { get; private set; }

    /// <summary>False when the example is the start of a longer message.</summary>
    public bool IsExampleWhole { get; private set; }

    public void Add(string message, int bucket)
    {
        Count++;
        Trend[bucket]++;
        Example ??= Cut(message);
    }

    /// <summary>Adds all of another.</summary>
    public void Add(Signature other)
    {
        Count += other.Count;
        Repeats |= other.Repeats;
        for (int i = 0; i < Trend.Length; i++)
        {
            Trend[i] += other.Trend[i];
        }

        (Example, IsExampleWhole) = Example is null ? (other.Example, other.IsExampleWhole) : (Example, IsExampleWhole);
    }

    private string Cut(string message)
    {
        IsExampleWhole = message.Length <= MaxExample;
        return IsExampleWhole ? message : message[..MaxExample];
    }
}
