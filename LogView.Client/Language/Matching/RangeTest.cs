using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;

namespace LogView.Client.Language.Matching;

/// <summary>
/// Values between bounds. A bound that denotes dates or addresses is compared only with values that are such; a number with numbers, with
/// texts that read as one (<c>"8080"</c>), and with dates as a year; any other text with strings, by character code.
/// </summary>
internal sealed class RangeTest(RangeNode range, MatchClock clock) : ValueTest
{
    private readonly Bound? _lower = range.Lower is null ? null : new Bound(range.Lower, clock);
    private readonly Bound? _upper = range.Upper is null ? null : new Bound(range.Upper, clock);

    /// <summary>The instants inside; null when a bound is no date.</summary>
    public (Timestamp First, Timestamp Last)? Instants()
    {
        if (_lower is { Denoted.Dates: null } || _upper is { Denoted.Dates: null })
        {
            return null;
        }

        Timestamp first = _lower is null ? Timestamp.MinValue : _lower.Inclusive ? _lower.Denoted.Dates!.First : After(_lower.Denoted.Dates!.Last);
        Timestamp last = _upper is null ? Timestamp.MaxValue : _upper.Inclusive ? _upper.Denoted.Dates!.Last : Before(_upper.Denoted.Dates!.First);
        return (first, last);
    }

    public override bool Matches(in FieldValue value, bool isText)
    {
        if (value.IsNumber)
        {
            return (_lower is null || _lower.Compare(value) is { } low && (low > 0 || (low == 0 && _lower.Inclusive)))
                && (_upper is null || _upper.Compare(value) is { } high && (high < 0 || (high == 0 && _upper.Inclusive)));
        }

        if (value.Kind != FieldValueKind.String)
        {
            return false;
        }

        string text = value.AsString();
        return (_lower is null || _lower.IsBelow(text, clock)) && (_upper is null || _upper.IsAbove(text, clock));
    }

    private static Timestamp After(Timestamp instant) => instant == Timestamp.MaxValue ? instant : new Timestamp(instant.UnixNanoseconds + 1);

    private static Timestamp Before(Timestamp instant) => instant == Timestamp.MinValue ? instant : new Timestamp(instant.UnixNanoseconds - 1);

    private sealed class Bound(RangeBound bound, MatchClock clock)
    {
        public bool Inclusive => bound.Inclusive;

        public Denoted Denoted { get; } = Denoted.Of(bound.Text, clock);

        /// <summary>Whether only dates or addresses can be compared with it.</summary>
        private bool IsTyped => Denoted.Fraction is null && (Denoted.Dates is not null || Denoted.Addresses is not null);

        /// <summary>Sign of value minus bound; null when the bound is no number.</summary>
        public int? Compare(in FieldValue value) =>
            value.Kind == FieldValueKind.Long && Denoted.Whole is { } whole ? value.AsLong().CompareTo(whole)
            : Denoted.Fraction is { } number ? value.AsDouble().CompareTo(number)
            : null;

        public bool IsBelow(string value, MatchClock at) => Typed(value, at, lower: true) ?? Ordinal(value) is var sign && (sign > 0 || (sign == 0 && Inclusive));

        public bool IsAbove(string value, MatchClock at) => Typed(value, at, lower: false) ?? Ordinal(value) is var sign && (sign < 0 || (sign == 0 && Inclusive));

        private int Ordinal(string value) => string.CompareOrdinal(value, bound.Text);

        /// <summary>The answer for dates, addresses and numbers; null: compare as text.</summary>
        private bool? Typed(string value, MatchClock at, bool lower)
        {
            if (Denoted.Dates is { } dates && ValueDate.Of(value, at) is { } instant)
            {
                return lower ? (Inclusive ? instant >= dates.First : instant > dates.Last) : (Inclusive ? instant <= dates.Last : instant < dates.First);
            }

            if (Denoted.Addresses is { } addresses && AddressRange.Parse(value, out _) is { } address)
            {
                return lower ? (Inclusive ? address >= addresses.First : address > addresses.Last)
                    : (Inclusive ? address <= addresses.Last : address < addresses.First);
            }

            if (Denoted.Fraction is { } limit)
            {
                return Denoted.NumberOf(value) is { } number
                    && (lower ? (Inclusive ? number >= limit : number > limit) : (Inclusive ? number <= limit : number < limit));
            }

            return IsTyped ? false : null;
        }
    }
}
