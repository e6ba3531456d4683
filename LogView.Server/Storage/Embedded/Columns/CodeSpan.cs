using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LogView.Server.Storage.Embedded.Columns;

/// <summary>Codes of one, two, three or four bytes each; width 0: all codes are 0. Followed by at least four readable bytes.</summary>
internal readonly ref struct CodeSpan(ReadOnlySpan<byte> bytes, int width, int count)
{
    /// <summary>Bytes after the last code, so that any code is read as 32 bits.</summary>
    public const int Padding = 4;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly uint _mask = width == 4 ? uint.MaxValue : (1U << (width * 8)) - 1;

    public int Width => width;

    public int Count => count;

    public ReadOnlySpan<byte> Bytes => _bytes;

    public int this[int entry]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (int)(MemoryMarshal.Read<uint>(_bytes[(entry * width)..]) & _mask);
    }

    /// <summary>Bytes that codes below <paramref name="codes"/> need.</summary>
    public static int WidthFor(int codes) => codes switch
    {
        <= 1 => 0,
        <= 1 << 8 => 1,
        <= 1 << 16 => 2,
        <= 1 << 24 => 3,
        _ => 4,
    };
}
