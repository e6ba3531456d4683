using System.Buffers;

namespace LogView.Client.Language.Patterns;

/// <summary>
/// Replaces what obviously varies in a message by marks of <see cref="MessageTemplate"/>: words with digits, paths, addresses, quoted texts. Two messages of one
/// masked form are of one pattern. One pass, no allocation; one thread at a time.
/// </summary>
internal sealed class MessageMasker
{
    /// <summary>Words of a masked form; one bit each in <see cref="Repeats"/>. What comes later is <see cref="MessageTemplate.Words"/>.</summary>
    public const int MaxWords = 48;

    /// <summary>Characters of a masked form: as a regular expression, where a character may need two and a gap three, it stays below the language's limit.</summary>
    public const int MaxLength = 360;

    /// <summary>A quote that closes later than this is an apostrophe or a whole document.</summary>
    private const int MaxQuoted = 400;

    /// <summary>By what a quoted text's expression is longer than its mark.</summary>
    private const int QuotedCost = 6;

    /// <summary>Between two marks they belong to the value: addresses, dates, versions.</summary>
    private static readonly SearchValues<char> Joints = SearchValues.Create(".:-/,@#+");

    private readonly char[] _form = new char[MaxLength + 64];
    private int _length;
    private int _cost;
    private int _words;
    private int _previous;

    /// <summary>Bit i: word i of the form stands for several words that look alike.</summary>
    public ulong Repeats { get; private set; }

    /// <summary>The masked form, valid until the next call. Equal forms of different texts may differ in <see cref="Repeats"/> only.</summary>
    public ReadOnlySpan<char> Mask(ReadOnlySpan<char> message)
    {
        (_length, _cost, _words, _previous, Repeats) = (0, 0, 0, 0, 0);
        message = message.Trim();
        int lineEnd = message.IndexOfAny('\r', '\n');
        ReadOnlySpan<char> line = lineEnd < 0 ? message : message[..lineEnd];
        int at = 0;
        while (true)
        {
            while (at < line.Length && char.IsWhiteSpace(line[at]))
            {
                at++;
            }

            if (at >= line.Length)
            {
                break;
            }

            if (_words >= MaxWords - 2 || _length + _cost >= MaxLength)
            {
                AddMarkWord(MessageTemplate.Words);
                break;
            }

            at = AddWord(line, at);
        }

        if (lineEnd >= 0)
        {
            AddMarkWord(MessageTemplate.Lines);
        }

        return _form.AsSpan(0, _length);
    }

    private void AddMarkWord(string mark)
    {
        Separate();
        Append(mark);
    }

    private void Separate()
    {
        if (_length > 0)
        {
            _form[_length++] = ' ';
        }

        _words++;
    }

    private void Append(ReadOnlySpan<char> text)
    {
        text.CopyTo(_form.AsSpan(_length));
        _length += text.Length;
    }

    /// <summary>Adds the word at a place and answers the place behind it.</summary>
    private int AddWord(ReadOnlySpan<char> line, int at)
    {
        int before = _length;
        Separate();
        int start = _length;
        if (IsPlace(line, at, out int end))
        {
            Append(MessageTemplate.Any);
        }
        else
        {
            end = AddParts(line, at);
        }

        ReadOnlySpan<char> word = _form.AsSpan(start, _length - start);
        if (word is MessageTemplate.Lines)
        {
            _length = start;
            Append(MessageTemplate.Any);
        }
        else if (before > 0 && word.IndexOf(MessageTemplate.Any) >= 0 && word.SequenceEqual(_form.AsSpan(_previous, before - _previous)))
        {
            _length = before;
            _words--;
            Repeats |= 1UL << (_words - 1);
            return end;
        }

        _previous = start;
        return end;
    }

    /// <summary>A path of files or an address of the web: varies as a whole.</summary>
    private static bool IsPlace(ReadOnlySpan<char> line, int at, out int end)
    {
        end = at;
        while (end < line.Length && !char.IsWhiteSpace(line[end]))
        {
            end++;
        }

        ReadOnlySpan<char> word = line[at..end];
        int quote = word.IndexOf('"');
        word = quote < 0 ? word : word[..quote];
        bool isPlace = (word.Length > 1 && word[0] == '/' && word[1..].Contains('/'))
            || (word.Length > 2 && char.IsAsciiLetter(word[0]) && word[1] == ':' && word[2] == '\\')
            || word.IndexOf("://") >= 0;
        return isPlace && quote < 0;
    }

    private int AddParts(ReadOnlySpan<char> line, int at)
    {
        int joined = -1;
        while (at < line.Length && !char.IsWhiteSpace(line[at]))
        {
            if (_length + _cost >= MaxLength)
            {
                // The rest of a word that is longer than a form may be.
                Append(MessageTemplate.Any);
                while (at < line.Length && !char.IsWhiteSpace(line[at]))
                {
                    at++;
                }

                break;
            }

            char c = line[at];
            if (c == '"' && QuoteEnd(line, at) is var close and > 0)
            {
                AddQuoted(line, at, close);
                at = close + 1;
                joined = -1;
            }
            else if (IsWordCharacter(c))
            {
                at = AddRun(line, at, ref joined);
            }
            else
            {
                _form[_length++] = c;
                joined = Joints.Contains(c) ? joined : -1;
                at++;
            }
        }

        return at;
    }

    /// <summary>Adds a run of letters, digits, hyphens and underscores: a mark where it has a digit.</summary>
    /// <param name="line">The line.</param>
    /// <param name="at">Where the run starts.</param>
    /// <param name="joined">Where the mark before ends, when only joints came since; otherwise -1.</param>
    private int AddRun(ReadOnlySpan<char> line, int at, ref int joined)
    {
        int end = at;
        bool hasDigit = false;
        while (end < line.Length && IsWordCharacter(line[end]))
        {
            hasDigit |= char.IsAsciiDigit(line[end]);
            end++;
        }

        if (!hasDigit)
        {
            int kept = Math.Min(end - at, MaxLength - _length);
            Append(line.Slice(at, Math.Max(kept, 1)));
            joined = -1;
            return at + Math.Max(kept, 1);
        }

        while (line[end - 1] == '-')
        {
            end--;
        }

        if (joined >= 0)
        {
            _length = joined;
        }
        else
        {
            Append(MessageTemplate.Any);
        }

        joined = _length;
        return end;
    }

    /// <summary>A quoted text varies, but the name of a JSON member stays.</summary>
    private void AddQuoted(ReadOnlySpan<char> line, int at, int close)
    {
        ReadOnlySpan<char> quoted = line[at..(close + 1)];
        bool isName = close + 1 < line.Length && line[close + 1] == ':' && quoted.Length < MaxLength - _length && !HasGap(quoted);
        if (isName)
        {
            Append(quoted);
            return;
        }

        Append("\"<*>\"");
        _cost += QuotedCost;
    }

    /// <summary>Where the quoted text ends, or 0.</summary>
    private static int QuoteEnd(ReadOnlySpan<char> line, int at)
    {
        int length = line.Slice(at + 1, Math.Min(line.Length - at - 1, MaxQuoted)).IndexOf('"');
        return length < 0 ? 0 : at + 1 + length;
    }

    private static bool HasGap(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}
