using LogView.Client.Language.Text;

namespace LogView.Client.Language.Matching;

/// <summary>Compares a raw keyword with a folded text.</summary>
internal static class FoldedText
{
    private const int StackLength = 512;

    public static bool Equal(string value, string folded)
    {
        Span<char> buffer = stackalloc char[StackLength];
        return Fold(value, buffer).SequenceEqual(folded);
    }

    public static bool Matches(string value, string foldedPattern)
    {
        Span<char> buffer = stackalloc char[StackLength];
        return WildcardPattern.Matches(foldedPattern, Fold(value, buffer));
    }

    private static ReadOnlySpan<char> Fold(string value, Span<char> buffer) =>
        value.Length <= buffer.Length && TextFolding.TryFoldSimple(value, buffer) ? buffer[..value.Length] : TextFolding.Fold(value);
}
