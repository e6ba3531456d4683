using System.Diagnostics.CodeAnalysis;
using LogView.Server.Ingest.Parsing;

namespace LogView.Server.Ingest.Ndjson;

/// <summary>The parameter <c>format</c>: how lines of text are laid out.</summary>
internal static class TextFormat
{
    private const int ShownLength = 40;

    private static readonly string[] Names = [.. Enum.GetNames<LineFormat>().Select(n => n.ToLowerInvariant())];

    /// <summary>False with a sentence that says what was expected.</summary>
    /// <param name="text">Null: not said, so it is found from the lines.</param>
    /// <param name="format">What was said.</param>
    /// <param name="problem">Null when all is well.</param>
    public static bool TryRead(string? text, out LineFormat format, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        int at = text is null ? 0 : Array.IndexOf(Names, text);
        format = at < 0 ? LineFormat.Auto : Enum.GetValues<LineFormat>()[at];
        if (at < 0)
        {
            string shown = text is { Length: > ShownLength } ? text[..ShownLength] : text ?? "";
            problem = $"format: expected {string.Join(", ", Names)}, found '{shown}'";
        }

        return at >= 0;
    }
}
