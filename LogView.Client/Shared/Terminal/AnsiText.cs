using System.Globalization;

namespace LogView.Client.Shared.Terminal;

/// <summary>
/// Colours that a program wrote for a terminal: the sequences of ECMA-48 that begin with ESC. <c>js/tail/ansi.js</c> does the same for the live tail. Those that choose a colour or bold are shown, all others are left out. The colours are the
/// theme's own, so that they are readable on its ground.
/// </summary>
public static class AnsiText
{
    private const char Escape = '\u001b';
    private const char Bell = '\u0007';

    public static bool IsIn(string text) => text.Contains(Escape, StringComparison.Ordinal);

    /// <summary>The text without its sequences, in order; pieces may be empty of style.</summary>
    public static IReadOnlyList<AnsiPiece> Pieces(string text)
    {
        List<AnsiPiece> pieces = [];
        (int? Color, bool IsBold) style = (null, false);
        int at = 0;
        while (at < text.Length)
        {
            int escape = text.IndexOf(Escape, at);
            int end = escape < 0 ? text.Length : escape;
            if (end > at)
            {
                pieces.Add(new AnsiPiece(at, end, CssClass(style)));
            }

            at = escape < 0 ? end : Skip(text, escape, ref style);
        }

        return pieces;
    }

    /// <summary>The text without its sequences.</summary>
    public static string Plain(string text) => IsIn(text) ? string.Concat(Pieces(text).Select(p => text[p.Start..p.End])) : text;

    private static string? CssClass((int? Color, bool IsBold) style)
    {
        string? color = style.Color is { } c ? string.Create(CultureInfo.InvariantCulture, $"lv-ansi-{c}") : null;
        return style.IsBold ? $"{color} lv-ansi-bold".TrimStart() : color;
    }

    /// <summary>The place behind the sequence; one that is cut off ends the text.</summary>
    private static int Skip(string text, int escape, ref (int? Color, bool IsBold) style)
    {
        if (escape + 1 >= text.Length)
        {
            return text.Length;
        }

        switch (text[escape + 1])
        {
            case '[':
                int final = escape + 2;
                while (final < text.Length && text[final] is < '@' or > '~')
                {
                    final++;
                }

                if (final < text.Length && text[final] == 'm')
                {
                    Apply(text[(escape + 2)..final], ref style);
                }

                return Math.Min(text.Length, final + 1);
            case ']':
                int bell = text.IndexOf(Bell, escape);
                int closing = text.IndexOf("\u001b\\", escape + 2, StringComparison.Ordinal);
                return bell >= 0 && (closing < 0 || bell < closing) ? bell + 1 : closing < 0 ? text.Length : closing + 2;
            default:
                return escape + 2;
        }
    }

    private static void Apply(string parameters, ref (int? Color, bool IsBold) style)
    {
        string[] parts = parameters.Split(';', ':');
        for (int i = 0; i < parts.Length; i++)
        {
            int code = parts[i].Length == 0 ? 0 : int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
            switch (code)
            {
                case 0:
                    style = (null, false);
                    break;
                case 1:
                    style.IsBold = true;
                    break;
                case 22:
                    style.IsBold = false;
                    break;
                case 39:
                    style.Color = null;
                    break;
                case >= 30 and <= 37:
                    style.Color = code - 30;
                    break;
                case >= 90 and <= 97:
                    style.Color = code - 90;
                    break;
                case 38 or 48:
                    // One of 256 colours, or red, green and blue: only the first sixteen have a name here.
                    bool isIndexed = i + 2 < parts.Length && parts[i + 1] is "5";
                    if (code == 38)
                    {
                        style.Color = isIndexed && int.TryParse(parts[i + 2], NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index is >= 0 and < 16 ? index % 8 : null;
                    }

                    i += isIndexed ? 2 : 4;
                    break;
            }
        }
    }
}

/// <summary>A part of a text in one style.</summary>
/// <param name="Start">First character.</param>
/// <param name="End">Behind the last one.</param>
/// <param name="Class">CSS classes; null: none.</param>
public readonly record struct AnsiPiece(int Start, int End, string? Class);
