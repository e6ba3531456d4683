using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LogView.Server.Platform;

/// <summary>Checks that hold unless the program is wrong. On in release: a broken one stops its component, not the data.</summary>
public static class Invariant
{
    /// <summary>Throws <see cref="InvariantBrokenException"/> when <paramref name="condition"/> is false.</summary>
    public static void Check([DoesNotReturnIf(false)] bool condition, string message, [CallerMemberName] string? where = null)
    {
        if (!condition)
        {
            throw new InvariantBrokenException($"{where}: {message}");
        }
    }
}

public sealed class InvariantBrokenException : Exception
{
    public InvariantBrokenException()
    {
    }

    public InvariantBrokenException(string message)
        : base(message)
    {
    }

    public InvariantBrokenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
