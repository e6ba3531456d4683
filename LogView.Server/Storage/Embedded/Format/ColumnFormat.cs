namespace LogView.Server.Storage.Embedded.Format;

/// <summary>What an entry of the field table describes. Numbers are part of the format.</summary>
internal enum ColumnKind : byte
{
    /// <summary>Texts of a keyword field, coded.</summary>
    String = 1,
    Long = 2,
    Double = 3,
    Boolean = 4,

    /// <summary>Words of a text field.</summary>
    Text = 5,
}

/// <summary>How the bytes of a column of values begin. Numbers are part of the format.</summary>
internal enum ColumnEncoding : byte
{
    /// <summary>Codes and a dictionary.</summary>
    Coded = 1,

    /// <summary>Packed integers: longs as they are.</summary>
    Integers = 2,

    /// <summary>Packed integers: doubles times a power of ten.</summary>
    Decimals = 3,

    /// <summary>Packed integers: the bits of doubles.</summary>
    Bits = 4,
}
