namespace LogView.Client.Language.Dates;

/// <summary>Reads the digits of a date, no allocation. Fields keep their smallest value until they are read.</summary>
internal ref struct DateReader(ReadOnlySpan<char> text)
{
    private const int MaxFractionDigits = 9;

    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    public int Year { get; set; } = 1;

    public int Month { get; set; } = 1;

    public int Day { get; set; } = 1;

    public int Hour { get; private set; }

    public int Minute { get; private set; }

    public int Second { get; private set; }

    public int Nanoseconds { get; private set; }

    /// <summary>Minutes east of UTC; null when the text has no offset.</summary>
    public int? OffsetMinutes { get; private set; }

    /// <summary>The smallest unit the text has.</summary>
    public DateUnit Precision { get; private set; } = DateUnit.Year;

    /// <summary>How many nanoseconds the smallest unit has, for units below a day.</summary>
    public long FractionWidth { get; private set; }

    public readonly bool AtEnd => _at == _text.Length;

    private readonly char Current => _at < _text.Length ? _text[_at] : '\0';

    public bool ReadDate()
    {
        if (!Number(4, 0, 9999, out int year))
        {
            return false;
        }

        Year = year;
        char separator = Current;
        if (separator is not ('-' or '/' or '.'))
        {
            return AtEnd;
        }

        _at++;
        if (!Number(2, 1, 12, out int month))
        {
            return false;
        }

        (Month, Precision) = (month, DateUnit.Month);
        if (Current != separator)
        {
            return AtEnd && separator != '.';
        }

        _at++;
        if (!Number(2, 1, 31, out int day))
        {
            return false;
        }

        (Day, Precision) = (day, DateUnit.Day);
        return true;
    }

    /// <summary>What may follow a date: nothing, a time, a time and an offset.</summary>
    public bool ReadTimeAndOffset()
    {
        if (AtEnd)
        {
            return true;
        }

        if (Precision != DateUnit.Day || Current is not ('T' or 't' or ' '))
        {
            return false;
        }

        _at++;
        return ReadTime() && (AtEnd || ReadOffset());
    }

    /// <summary><c>HH[:mm[:ss[.fraction]]]</c></summary>
    public bool ReadTime()
    {
        if (!Number(2, 0, 23, out int hour))
        {
            return false;
        }

        (Hour, Precision, FractionWidth) = (hour, DateUnit.Hour, CalendarMath.Nanoseconds(DateUnit.Hour));
        if (Current != ':')
        {
            return true;
        }

        _at++;
        if (!Number(2, 0, 59, out int minute))
        {
            return false;
        }

        (Minute, Precision, FractionWidth) = (minute, DateUnit.Minute, CalendarMath.Nanoseconds(DateUnit.Minute));
        if (Current != ':')
        {
            return true;
        }

        _at++;
        if (!Number(2, 0, 59, out int second))
        {
            return false;
        }

        (Second, Precision, FractionWidth) = (second, DateUnit.Second, CalendarMath.Nanoseconds(DateUnit.Second));
        return Current is not ('.' or ',') || ReadFraction();
    }

    private bool ReadFraction()
    {
        int start = ++_at;
        long width = CalendarMath.Nanoseconds(DateUnit.Second);
        while (char.IsAsciiDigit(Current) && _at - start < MaxFractionDigits)
        {
            width /= 10;
            Nanoseconds += (Current - '0') * (int)width;
            _at++;
        }

        (Precision, FractionWidth) = (DateUnit.Nanosecond, width);
        return _at > start;
    }

    private bool ReadOffset()
    {
        char sign = Current;
        _at++;
        if (sign is 'Z' or 'z')
        {
            OffsetMinutes = 0;
            return true;
        }

        if (sign is not ('+' or '-') || !Number(2, 0, 14, out int hours))
        {
            return false;
        }

        int minutes = 0;
        if (!AtEnd)
        {
            _at += Current == ':' ? 1 : 0;
            if (!Number(2, 0, 59, out minutes))
            {
                return false;
            }
        }

        OffsetMinutes = (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
        return true;
    }

    private bool Number(int digits, int min, int max, out int value)
    {
        value = 0;
        if (_at + digits > _text.Length)
        {
            return false;
        }

        for (int i = 0; i < digits; i++)
        {
            char c = _text[_at++];
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            value = value * 10 + (c - '0');
        }

        return value >= min && value <= max;
    }
}
