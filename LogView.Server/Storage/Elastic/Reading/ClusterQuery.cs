using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Language;
using LogView.Client.Language.Matching;
using LogView.Server.Storage.Elastic.Indices;
using LogView.Server.Storage.Elastic.Reading.Texts;

namespace LogView.Server.Storage.Elastic.Reading;

/// <summary>
/// A query over LogView's own indices and over others'. Where the index cannot say all (<see cref="IsExact"/> is false, or an event has one of
/// <see cref="Odd"/>), the written query finds more than asked, never less, and the events themselves have the last word.
/// </summary>
internal sealed class ClusterQuery
{
    private readonly SearchScope _scope;
    private readonly MatchClock _clock;
    private readonly EventTestCompiler _compiler;
    private readonly OwnLeaf _own;
    private readonly OtherLeaf _others;
    private readonly HashSet<string> _odd = new(StringComparer.Ordinal) { OwnNames.Timestamp };

    /// <summary>Marks of events that have to be looked at; null: any mark.</summary>
    public IReadOnlySet<string>? Odd => _isAnyOdd ? null : _odd;

    public bool IsExact { get; private set; } = true;

    /// <summary>Fields of others' indices that the query asks for.</summary>
    public IReadOnlySet<string> Looked => _looked;

    private readonly HashSet<string> _looked = new(StringComparer.Ordinal);

    /// <summary>A field that was asked for is not mapped, or any could be meant: an event that comes later may bring it.</summary>
    public bool HasUnmapped { get; private set; }

    private bool _isAnyOdd;

    public ClusterQuery(SearchScope scope, StoreSearch search)
    {
        (_scope, _clock) = (scope, new MatchClock(search.Now, search.Zone));
        _compiler = new EventTestCompiler(_clock);
        _own = new OwnLeaf(_clock, new WordQuery(scope.Own), _odd);
        _others = new OtherLeaf(_clock, search.Zone);
    }

    /// <summary>The query, and of LogView's own events those that have to be looked at.</summary>
    public JsonObject Write(QueryNode node)
    {
        List<JsonObject> any = [];
        if (_scope.Own.Count > 0)
        {
            JsonObject own = Write(node, "", isWide: true, isOwn: true);
            any.Add(_scope.Others.Count == 0 ? own : Dsl.And([own, Dsl.Terms("_index", _scope.Own.Select(i => i.Name))]));
        }

        if (_scope.Others.Count > 0)
        {
            JsonObject others = Write(node, "", isWide: true, isOwn: false);
            any.Add(_scope.Own.Count == 0 ? others : Dsl.And([others, Dsl.Terms("_index", _scope.Others.Select(i => i.Name))]));
        }

        return Dsl.Or(any);
    }


    /// <summary>A field that is sorted or grouped by.</summary>
    public void Touch(string mark) => _odd.Add(mark);

    /// <summary>Events that have to be looked at themselves.</summary>
    public JsonObject OddEvents() => _isAnyOdd ? Dsl.Exists(OwnNames.Odd) : Dsl.Terms(OwnNames.Odd, _odd);

    /// <param name="node">The query.</param>
    /// <param name="path">Of the objects around it, with a dot at the end.</param>
    /// <param name="isWide">An inexact clause may find more; otherwise it finds less, as below <c>not</c>.</param>
    /// <param name="isOwn">For LogView's own indices; otherwise for others'.</param>
    private JsonObject Write(QueryNode node, string path, bool isWide, bool isOwn) => node switch
    {
        MatchAllNode => Dsl.All,
        MatchNoneNode => Dsl.None,
        AndNode and => Dsl.And([.. and.Children.Select(c => Write(c, path, isWide, isOwn))]),
        OrNode or => Dsl.Or([.. or.Children.Select(c => Write(c, path, isWide, isOwn))]),
        NotNode not => Dsl.Not(Write(not.Child, path, !isWide, isOwn)),
        NestedNode nested => Write(nested.Child, $"{path}{nested.Path.Value}.", isWide, isOwn),
        _ => Clause(node, path, isWide, isOwn),
    };

    private JsonObject Clause(QueryNode node, string path, bool isWide, bool isOwn)
    {
        Clause clause = _compiler.CompileClause(node, path);
        Part part = Part.AnyOf([.. Parts(node, clause, isOwn)]);
        IsExact &= part.IsExact;
        return part.IsExact || isWide ? part.Query : Dsl.None;
    }

    private IEnumerable<Part> Parts(QueryNode node, Clause clause, bool isOwn)
    {
        if (clause is { Test: null, Instants: null })
        {
            yield break;
        }

        if (clause.Instants is { } instants)
        {
            yield return Part.Exact(Instants(instants, isOwn));
            yield break;
        }

        if (HasTimestamp(clause.Field))
        {
            yield return node is ExistsNode ? Part.Exact(Dsl.All) : Timestamps(node, isOwn);
        }

        HasUnmapped |= clause.Field.IsPattern;
        FieldMap fields = isOwn ? _scope.OwnFields : _scope.OtherFields;
        foreach (string name in Names(clause.Field, fields))
        {
            if (isOwn)
            {
                _odd.Add(OwnNames.OddValue(name));
            }
            else
            {
                _looked.Add(name);
            }

            HasUnmapped |= fields.Find(name) is null;
            if (fields.Find(name) is { } field)
            {
                yield return isOwn
                    ? EachAsItIs(field, clause.Field, f => _own.Of(node, name, clause.Field.IsDefault ? TextOnly(f.Kind) : f.Kind))
                    : Nested(field, EachAsItIs(field, clause.Field, f => Other(node, f, clause.Field)));
            }
        }
    }

    /// <summary>Each index is asked as it has the field. Where it is not indexed only the events tell, which are looked at only when it is asked for by its name.</summary>
    private static Part EachAsItIs(MappedField field, FieldTarget asked, Func<MappedField, Part> ask)
    {
        if (field.Forms.Count == 0)
        {
            return ask(field);
        }

        List<Part> parts = [];
        foreach (FieldForm form in field.Forms.Where(f => f.IsSearchable || !(asked.IsDefault || asked.IsPattern)))
        {
            Part part = form.IsSearchable ? ask(field with { Kind = form.Kind, Type = form.Type }) : Part.Wide(Dsl.All);
            parts.Add(part with { Query = Dsl.And([Dsl.Terms("_index", form.Indices), part.Query]) });
        }

        return Part.AnyOf(parts);
    }

    /// <summary>A cluster reads the bounds of a range for each index, also for those it is not asked of, and has a date field only compared with dates.</summary>
    private Part Other(QueryNode node, MappedField field, FieldTarget asked) =>
        node is RangeNode && field.Kind != FieldKind.Date && field.Forms.Any(f => f.Kind == FieldKind.Date)
            ? Part.Wide(Dsl.Exists(field.Name))
            : _others.Of(node, field, asked.IsDefault);

    /// <summary>Values inside nested objects are other documents to the cluster.</summary>
    private static Part Nested(MappedField field, Part part) => field switch
    {
        { Nested: null } => part,
        { IsNestedInPart: true } => Part.Wide(Dsl.All),
        _ => part with { Query = Dsl.Named("nested", new JsonObject { ["path"] = field.Nested, ["ignore_unmapped"] = true, ["query"] = part.Query }) },
    };

    private IEnumerable<string> Names(FieldTarget target, FieldMap fields)
    {
        if (target.IsDefault)
        {
            return TextFields.Defaults;
        }

        if (!target.IsPattern)
        {
            return target.Name is OwnNames.Timestamp ? [] : [target.Name!];
        }

        _isAnyOdd = true;
        return fields.All.Select(f => f.Name).Where(n => !IsOwn(n) && n is not OwnNames.Timestamp && WildcardPattern.Matches(target.Name!, n));
    }

    private static bool IsOwn(string name) => name.StartsWith(OwnNames.Root + ".", StringComparison.Ordinal) || name is OwnNames.Root;

    private static bool HasTimestamp(FieldTarget target) =>
        target.Name is { } name && (target.IsPattern ? WildcardPattern.Matches(name, OwnNames.Timestamp) : name is OwnNames.Timestamp);

    /// <summary>In the default fields, texts are matched by words.</summary>
    private static FieldKind TextOnly(FieldKind kind) => kind == FieldKind.Keyword ? FieldKind.Mixed : kind;

    /// <summary>The event's instant among other fields: as the text it is shown as.</summary>
    private Part Timestamps(QueryNode node, bool isOwn)
    {
        string? text = node switch { TermNode term => term.Text, PhraseNode phrase => phrase.Text, _ => null };
        return text is null ? Part.Wide(Dsl.All)
            : Denoted.Of(text, _clock).Dates is { } dates ? Part.Exact(Instants((dates.First, dates.Last), isOwn))
            : Part.Exact(Dsl.None);
    }

    private JsonObject Instants((Timestamp First, Timestamp Last) instants, bool isOwn) => isOwn
        ? Dsl.Instants(OwnNames.Timestamp, instants.First, instants.Last)
        : _scope.OtherInstants(instants.First, instants.Last);
}
