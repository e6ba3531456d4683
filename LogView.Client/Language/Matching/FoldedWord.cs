using LogView.Client.Language.Text;

namespace LogView.Client.Language.Matching;

internal static class FoldedWord
{
    /// <summary>Characters on the stack for one folded word; longer or stranger ones take memory of their own.</summary>
    public const int StackLength = 512;

    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> text, Word word, Span<char> buffer)
    {
        ReadOnlySpan<char> raw = text.Slice(word.Start, word.Length);
        if (raw.Length <= buffer.Length && TextFolding.TryFoldSimple(raw, buffer))
        {
            return buffer[..raw.Length];
        }

        Span<char> room = TextFolding.MaxLength(raw.Length) <= buffer.Length ? buffer : new char[TextFolding.MaxLength(raw.Length)];
        return room[..TextFolding.Fold(raw, room)];
    }
}
