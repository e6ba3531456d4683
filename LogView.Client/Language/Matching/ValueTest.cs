using System.Text.RegularExpressions;
using LogView.Client.Contracts.Events;
using LogView.Client.Language.Text;

namespace LogView.Client.Language.Matching;

/// <summary>Does one value of a field match? Knows nothing of names; allocates nothing for the usual values.</summary>
internal abstract class ValueTest
{
    /// <summary>Rough work per value, to try cheap clauses first.</summary>
    public virtual int Cost => 10;

    /// <summary>How strings of text fields are matched, where that is by words; null: as whole texts.</summary>
    public virtual TextTest? ByWords => null;

    /// <summary>Words that every text has which matches, but not only those; null where none are known.</summary>
    public virtual TextTest? Narrowing => null;

    /// <summary>The only string of a keyword field that matches; null when others may.</summary>
    public virtual string? OnlyKeyword => null;

    /// <param name="value">Never null.</param>
    /// <param name="isText">The field is text: strings match by words.</param>
    public abstract bool Matches(in FieldValue value, bool isText);

    /// <summary>Words on text, the whole value on keyword, otherwise what the text denotes.</summary>
    public sealed class Whole(TextTest words, string text, bool ignoreCase, Denoted denoted) : ValueTest
    {
        private readonly string _folded = ignoreCase ? TextFolding.Fold(text) : text;

        public override TextTest ByWords => words;

        public override string? OnlyKeyword => ignoreCase || denoted.Addresses is not null || denoted.Dates is not null ? null : text;

        public override bool Matches(in FieldValue value, bool isText) => value.Kind switch
        {
            FieldValueKind.String when isText => words.Matches(value.AsString()),
            FieldValueKind.String => MatchesKeyword(value.AsString()),
            FieldValueKind.Long => denoted.Equals(value.AsLong()),
            FieldValueKind.Double => denoted.Equals(value.AsDouble()),
            FieldValueKind.Boolean => denoted.Boolean == value.AsBoolean(),
            _ => false,
        };

        private bool MatchesKeyword(string value) =>
            string.Equals(value, text, StringComparison.Ordinal)
            || (ignoreCase && FoldedText.Equal(value, _folded))
            || (denoted.Addresses is { } addresses && addresses.Contains(value))
            || (denoted.Dates is { } dates && dates.Contains(value));
    }

    public sealed class Wildcard(TextTest words, string pattern, bool ignoreCase) : ValueTest
    {
        private readonly string _pattern = ignoreCase ? TextFolding.Fold(pattern) : pattern;

        public override int Cost => 30;

        public override TextTest ByWords => words;

        public override bool Matches(in FieldValue value, bool isText)
        {
            if (value.Kind == FieldValueKind.String)
            {
                return isText ? words.Matches(value.AsString())
                    : ignoreCase ? FoldedText.Matches(value.AsString(), _pattern)
                    : WildcardPattern.Matches(_pattern, value.AsString());
            }

            Span<char> digits = stackalloc char[ValueText.MaxLength];
            return WildcardPattern.Matches(_pattern, ValueText.Of(value, digits));
        }
    }

    public sealed class Pattern(Regex regex) : ValueTest
    {
        public override TextTest? Narrowing { get; } = RequiredWords.Of(regex.ToString()) is { } words ? TextTest.Phrase(words, slop: 0) : null;

        public override int Cost => 100;

        public override bool Matches(in FieldValue value, bool isText)
        {
            if (value.Kind == FieldValueKind.String)
            {
                return regex.IsMatch(value.AsString());
            }

            Span<char> digits = stackalloc char[ValueText.MaxLength];
            return regex.IsMatch(ValueText.Of(value, digits));
        }
    }

    public sealed class Fuzzy(TextTest words, string text, int maxEdits) : ValueTest
    {
        public override int Cost => 60;

        public override TextTest ByWords => words;

        public override bool Matches(in FieldValue value, bool isText) =>
            value.Kind == FieldValueKind.String
            && (isText ? words.Matches(value.AsString()) : EditDistance.IsWithin(text, value.AsString(), maxEdits));
    }

    public sealed class Any : ValueTest
    {
        public override int Cost => 1;

        public override bool Matches(in FieldValue value, bool isText) => true;
    }
}
