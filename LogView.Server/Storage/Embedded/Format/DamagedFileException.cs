namespace LogView.Server.Storage.Embedded.Format;

/// <summary>A file of the store does not hold what was written to it. The segment is quarantined; the rest goes on.</summary>
internal sealed class DamagedFileException : Exception
{
    public DamagedFileException()
    {
    }

    public DamagedFileException(string message)
        : base(message)
    {
    }

    public DamagedFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Full path of the damaged file; empty when not known.</summary>
    public string Path { get; init; } = "";
}
