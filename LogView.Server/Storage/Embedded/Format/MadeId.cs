namespace LogView.Server.Storage.Embedded.Format;

/// <summary>
/// The ids LogView makes: 26 characters of Crockford's base 32 (130 bits, of which the first two are 0). As numbers they pack into a few
/// bytes, because neighbours differ little.
/// </summary>
internal static class MadeId
{
    public const int Length = 26;
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const byte Bad = 0xFF;

    private static readonly byte[] Values = MakeValues();

    /// <summary>False for any text that <see cref="Write"/> would not give back as it is.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out UInt128 id)
    {
        id = 0;
        if (text.Length != Length || text[0] > '7')
        {
            return false;
        }

        foreach (byte c in text)
        {
            byte value = Values[c];
            if (value == Bad)
            {
                return false;
            }

            id = id << 5 | value;
        }

        return true;
    }

    public static string Write(UInt128 id) => string.Create(Length, id, static (text, rest) =>
    {
        for (int i = Length - 1; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(ulong)rest & 31];
            rest >>= 5;
        }
    });

    private static byte[] MakeValues()
    {
        var values = new byte[256];
        Array.Fill(values, Bad);
        for (int i = 0; i < Alphabet.Length; i++)
        {
            values[Alphabet[i]] = (byte)i;
        }

        return values;
    }
}
