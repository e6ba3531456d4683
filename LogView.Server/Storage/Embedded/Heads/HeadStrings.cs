using System.Runtime.InteropServices;
using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Terms;

namespace LogView.Server.Storage.Embedded.Heads;

/// <summary>The texts of a keyword field in a head.</summary>
internal sealed class HeadStrings
{
    public HeadTerms Terms { get; } = new();

    public HeadEntries<int> Entries { get; } = new();

    public long Memory => Terms.Memory + Entries.Memory;

    public void Add(int doc, ReadOnlySpan<byte> text) => Entries.Add(doc, Terms.Add(text));

    /// <summary>The column as the first <paramref name="events"/> events have it; null when none has a value.</summary>
    public CodedColumn? View(int events) => Entries.CountBefore(events) is > 0 and var count ? new Column(this, count, events) : null;

    private sealed class Column : CodedColumn
    {
        private readonly HeadTerms _terms;
        private readonly int[] _docs;
        private readonly int[] _codes;
        private readonly int _codeCount;

        public Column(HeadStrings strings, int count, int events)
        {
            _terms = strings.Terms;
            (_docs, _codes, Entries) = (strings.Entries.Docs, strings.Entries.Values, count);
            _codeCount = _terms.Count;
            Layout = count == events && strings.Entries.LastRepeated < 0 ? ColumnLayout.Full : ColumnLayout.Listed;
        }

        public override FieldValueKind Kind => FieldValueKind.String;

        public override ColumnLayout Layout { get; }

        public override int Entries { get; }

        public override ReadOnlySpan<int> Docs => _docs.AsSpan(0, Entries);

        public override int CodeCount => _codeCount;

        protected override CodeSpan Stored => new(MemoryMarshal.AsBytes(_codes.AsSpan()), sizeof(int), Entries);

        public override FieldValue ValueOf(int code) => FieldValue.Of(Encoding.UTF8.GetString(_terms[code]));

        protected override CodeSelection Select(ValueCondition test, CancellationToken cancellationToken)
        {
            if (test.OnlyText is not { } only)
            {
                return TryAll(test, _codeCount, cancellationToken);
            }

            int code = _terms.Find(Encoding.UTF8.GetBytes(only));
            return code >= 0 && code < _codeCount && test.Passes(FieldValue.Of(only)) ? CodeSelection.Range(code, code + 1) : CodeSelection.None;
        }
    }
}
