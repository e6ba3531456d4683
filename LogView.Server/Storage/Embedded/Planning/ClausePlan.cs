using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Language;
using LogView.Client.Language.Matching;
using LogView.Server.Storage.Aggregations;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Documents;
using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Planning;

/// <summary>One clause of a query: tried on the distinct values of the fields it looks at; on words where the field is text.</summary>
internal sealed class ClausePlan : PlanNode
{
    /// <summary>Plans dearer than this look at events one by one or at many fields.</summary>
    public const int ScanCost = 50;

    private const int EventsPerCheck = 256;

    private readonly FieldTarget _target;
    private readonly ValueTest _test;
    private readonly ValueCondition _onKeywords;
    private readonly ValueCondition _onText;
    private readonly WordsPlan? _words;
    private readonly WordsPlan? _narrowing;

    public ClausePlan(FieldTarget target, ValueTest test)
    {
        (_target, _test) = (target, test);
        _onKeywords = new ValueCondition(v => test.Matches(in v, isText: false)) { OnlyText = test.OnlyKeyword };
        _onText = new ValueCondition(v => test.Matches(in v, isText: true));
        _words = test.ByWords is { } words ? new WordsPlan(words) : null;
        _narrowing = test.Narrowing is { } narrowing ? new WordsPlan(narrowing) : null;
        int perField = test is ValueTest.Any ? 2 : test.OnlyKeyword is not null ? 3 : test.Cost;
        Cost = (target.IsPattern ? 20 : target.IsDefault ? 4 : 1) * perField + (_words?.Cost ?? 0);
    }

    public override int Cost { get; }

    public override DocSet Evaluate(SegmentView segment, DocSet within, CancellationToken cancellationToken)
    {
        if (_target is { IsDefault: false, IsPattern: false })
        {
            return OnField(segment, _target.Name!, TextFields.IsText(_target.Name!), within, cancellationToken);
        }

        IEnumerable<string> names = _target.IsDefault
            ? TextFields.Defaults
            : segment.FieldNames.Append(FieldName.Timestamp.Value).Where(n => WildcardPattern.Matches(_target.Name!, n));
        DocSet found = DocSet.None;
        foreach (string name in names)
        {
            DocSet rest = Cost > ScanCost ? DocSets.Except(within, found, segment.Events) : within;
            DocSet more = OnField(segment, name, _target.IsDefault || TextFields.IsText(name), rest, cancellationToken);
            found = DocSets.Or(found, more, segment.Events);
        }

        return found;
    }

    private DocSet OnField(SegmentView segment, string name, bool isText, DocSet within, CancellationToken cancellationToken)
    {
        if (FieldDates.IsTimestamp(name))
        {
            return OnTimestamps(segment, within, cancellationToken);
        }

        FieldColumns columns = segment.Columns(name);
        DocSet found = DocSet.None;
        foreach (ValueColumn column in columns.Values)
        {
            DocSet more = _test is ValueTest.Any
                ? DocSets.And(column.Exists(segment.Events), within)
                : column.Match(isText ? _onText : _onKeywords, within, segment.Events, cancellationToken);
            found = DocSets.Or(found, more, segment.Events);
        }

        return columns.Text is null ? found : DocSets.Or(found, OnText(segment, name, columns.Text, within, cancellationToken), segment.Events);
    }

    private DocSet OnText(SegmentView segment, string name, TextColumn text, DocSet within, CancellationToken cancellationToken)
    {
        if (_test is ValueTest.Any)
        {
            return DocSets.And(text.Exists(segment.Events), within);
        }

        if (_narrowing is not null)
        {
            WordsResult narrow = _narrowing.Evaluate(text, segment.Events, within, cancellationToken);
            return Verify(segment, name, DocSets.Or(narrow.Sure, narrow.Unsure, segment.Events), cancellationToken);
        }

        WordsResult candidates = _words?.Evaluate(text, segment.Events, within, cancellationToken)
            ?? new WordsResult(DocSet.None, DocSets.And(text.Exists(segment.Events), within));
        DocSet unsure = DocSets.Except(candidates.Unsure, candidates.Sure, segment.Events);
        return DocSets.Or(candidates.Sure, Verify(segment, name, unsure, cancellationToken), segment.Events);
    }

    /// <summary>Looks at the texts themselves.</summary>
    private DocSet Verify(SegmentView segment, string name, DocSet candidates, CancellationToken cancellationToken)
    {
        int[] docs = candidates.ToArray();
        var field = new FieldReader(name);
        int count = 0;
        for (int i = 0; i < docs.Length; i++)
        {
            // At each: an event may be a megabyte.
            cancellationToken.ThrowIfCancellationRequested();
            foreach (FieldValue value in field.Values(segment.Load(docs[i])))
            {
                if (value.Kind == FieldValueKind.String && _test.Matches(in value, isText: true))
                {
                    docs[count++] = docs[i];
                    break;
                }
            }
        }

        return DocSet.OfList(docs, count);
    }

    /// <summary>Events carry their timestamp as a text too, which only wildcards, regular expressions and their like look at.</summary>
    private DocSet OnTimestamps(SegmentView segment, DocSet within, CancellationToken cancellationToken)
    {
        if (_test is ValueTest.Any)
        {
            return within;
        }

        int[] docs = within.ToArray();
        int count = 0;
        for (int i = 0; i < docs.Length; i++)
        {
            if (i % EventsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            FieldValue text = FieldValue.Of(new Timestamp(segment.TimeOf(docs[i])).ToString());
            if (_test.Matches(in text, isText: false))
            {
                docs[count++] = docs[i];
            }
        }

        return DocSet.OfList(docs, count);
    }
}
