using LogView.Client.Contracts.Query;

namespace LogView.Client.Language.Kql;

/// <summary>
/// Lucene's range form <c>[a TO b}</c>: square brackets include their bound, braces do not, <c>*</c> is no bound. It is one as soon as a
/// square bracket, a bound and <c>TO</c> stand there; what follows wrong after that is an error.
/// </summary>
internal sealed class BracketRange
{
    private readonly string _text;
    private int _at;

    public BracketRange(string text, int start)
    {
        (_text, _at) = (text, start + 1);
        bool lowerInclusive = text[start] == '[';
        SkipSpace();
        if (ReadBound() is not { } lower || !ReadTo())
        {
            return;
        }

        // In braces it may also be KQL's nested clause, { name: TO }, so nothing but the whole of it is a range.
        IsRange = lowerInclusive;
        SkipSpace();
        if (ReadBound() is not { } upper)
        {
            Fail("the upper bound or '*'");
            return;
        }

        SkipSpace();
        if (_at >= text.Length || text[_at] is not (']' or '}'))
        {
            Fail("']' or '}'");
            return;
        }

        IsRange = lowerInclusive || lower.Quoted || !lower.Text.EndsWith(':');
        Lower = lower is ("*", false) ? null : new RangeBound(lower.Text, lowerInclusive);
        Upper = upper is ("*", false) ? null : new RangeBound(upper.Text, text[_at] == ']');
        End = _at + 1;
    }

    public bool IsRange { get; }

    public RangeBound? Lower { get; }

    public RangeBound? Upper { get; }

    /// <summary>Offset after the closing bracket.</summary>
    public int End { get; }

    /// <summary>Where it is wrong; -1 when it is right.</summary>
    public int ErrorOffset { get; private set; } = -1;

    public string Expected { get; private set; } = "";

    private void Fail(string expected) => (ErrorOffset, Expected) = (_at, expected);

    private void SkipSpace()
    {
        while (_at < _text.Length && KqlReader.IsSpace(_text[_at]))
        {
            _at++;
        }
    }

    private bool ReadTo()
    {
        int before = _at;
        SkipSpace();
        if (_at == before || _at + 3 > _text.Length || !_text.AsSpan(_at, 2).SequenceEqual("TO") || !KqlReader.IsSpace(_text[_at + 2]))
        {
            return false;
        }

        _at += 2;
        return true;
    }

    private (string Text, bool Quoted)? ReadBound()
    {
        if (_at < _text.Length && _text[_at] == '"')
        {
            var quoted = new KqlReader(_text) { Position = _at };
            if (quoted.ReadQuoted() is not { } literal)
            {
                return null;
            }

            _at = quoted.Position;
            return (literal.Text, true);
        }

        int start = _at;
        while (_at < _text.Length && !KqlReader.IsSpace(_text[_at]) && _text[_at] is not ('[' or ']' or '{' or '}' or '"' or '(' or ')'))
        {
            _at++;
        }

        return _at > start ? (_text[start.._at], false) : null;
    }
}
