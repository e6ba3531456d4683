namespace LogView.Server.Ingest.Ndjson;

/// <summary>
/// Finds where JSON values begin and end in bytes that come in pieces: objects one after another, or the elements of one array. Looks at brackets and
/// strings only; whether a value is good JSON its reader finds out. Keeps its place between pieces.
/// </summary>
internal struct JsonValueSplitter
{
    private bool _inString;
    private bool _escaped;
    private bool _inScalar;
    private int _depth;

    public JsonValueSplitter()
    {
    }

    /// <summary>Line of the next byte, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>Line of the first byte of the value that is open or was found last.</summary>
    public long ValueLine { get; private set; }

    /// <summary>Inside the array whose elements are the values.</summary>
    public bool IsInArray { get; private set; }

    public readonly bool IsInValue => _depth > 0 || _inScalar || _inString;

    /// <summary>
    /// Looks at the bytes from <paramref name="at"/> on. True when a value ends before <paramref name="at"/>'s new place; <paramref name="start"/> is set
    /// where one begins and is otherwise left alone.
    /// </summary>
    public bool TryFindEnd(ReadOnlySpan<byte> bytes, ref int at, ref int start)
    {
        for (; at < bytes.Length; at++)
        {
            byte b = bytes[at];
            Line += b == '\n' ? 1 : 0;
            if (_inString)
            {
                if (StringEndsAt(b) && _depth == 0)
                {
                    at++;
                    return true;
                }
            }
            else if (_inScalar && b is (byte)',' or (byte)']' or (byte)'}' or (byte)'{' or (byte)'[' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                _inScalar = false;
                Line -= b == '\n' ? 1 : 0;
                return true;
            }
            else if (!_inScalar && Step(b, at, ref start))
            {
                at++;
                return true;
            }
        }

        return false;
    }

    private bool StringEndsAt(byte b)
    {
        bool ends = b == '"' && !_escaped;
        _escaped = b == '\\' && !_escaped;
        _inString = !ends;
        return ends;
    }

    private bool Step(byte b, int at, ref int start)
    {
        switch (b)
        {
            case (byte)'[' when _depth == 0 && !IsInArray:
                IsInArray = true;
                return false;
            case (byte)']' when _depth == 0:
                IsInArray = false;
                return false;
            case (byte)'{' or (byte)'[':
                Begin(at, ref start);
                _depth++;
                return false;
            case (byte)'}' or (byte)']' when _depth > 0:
                return --_depth == 0;
            case (byte)'"':
                Begin(at, ref start);
                _inString = true;
                return false;
            case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
            case (byte)',' when _depth == 0:
                return false;
            default:
                Begin(at, ref start);
                _inScalar = _depth == 0;
                return false;
        }
    }

    private void Begin(int at, ref int start)
    {
        if (_depth == 0)
        {
            start = at;
            ValueLine = Line;
        }
    }
}
