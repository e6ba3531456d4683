namespace LogView.Client.Language.Matching;

/// <summary>What one folded word of a text must be.</summary>
internal abstract class WordTest
{
    /// <summary>A folded piece that every fitting word has, raw in plain text; empty when there is none.</summary>
    public abstract string Needle { get; }

    /// <summary>True when a plain text that has the needle anywhere has a fitting word.</summary>
    public virtual bool NeedleSuffices => false;

    public abstract bool Fits(ReadOnlySpan<char> folded, bool isRun);

    /// <summary>The word itself; a run that contains it.</summary>
    public sealed class Exact(string folded, bool isRun) : WordTest
    {
        /// <summary>A piece of a run, found by substring.</summary>
        public bool IsRun => isRun;

        public override string Needle => folded;

        public override bool NeedleSuffices => isRun;

        public override bool Fits(ReadOnlySpan<char> word, bool wordIsRun) =>
            isRun ? wordIsRun && word.Contains(folded, StringComparison.Ordinal) : !wordIsRun && word.SequenceEqual(folded);
    }

    /// <summary>A word that fits a folded wildcard pattern; a run any part of which does.</summary>
    public sealed class Pattern(string pattern) : WordTest
    {
        private readonly string _inRun = $"*{pattern}*";

        /// <summary>Folded, with <c>*</c>, <c>?</c> and <c>\</c> as in the query.</summary>
        public string Text => pattern;

        public override string Needle { get; } = LongestLiteral(pattern);

        /// <summary><c>*abc*</c> with letters and digits only: wherever it stands it is inside one word.</summary>
        public override bool NeedleSuffices { get; } =
            pattern.Length > 2 && pattern[0] == '*' && pattern[^1] == '*' && pattern.AsSpan(1, pattern.Length - 2).IndexOfAnyExcept(LettersAndDigits) < 0;

        public override bool Fits(ReadOnlySpan<char> word, bool isRun) => WildcardPattern.Matches(isRun ? _inRun : pattern, word);

        private static readonly System.Buffers.SearchValues<char> LettersAndDigits =
            System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

        private static string LongestLiteral(string pattern) =>
            pattern.Contains('\\', StringComparison.Ordinal) ? "" : pattern.Split('*', '?').MaxBy(p => p.Length) ?? "";
    }

    /// <summary>A word within so many edits; of a run the whole of it.</summary>
    public sealed class Fuzzy(string folded, int maxEdits) : WordTest
    {
        public override string Needle => "";

        public override bool Fits(ReadOnlySpan<char> word, bool isRun) => EditDistance.IsWithin(folded, word, maxEdits);
    }
}
