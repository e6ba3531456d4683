using LogView.Client.Contracts.Search;
using LogView.Server.Api.Json;

namespace LogView.Server.Api.Search;

/// <param name="Fields">By name.</param>
/// <param name="SampledEvents">Types and coverage are over so many of the newest events.</param>
/// <param name="IsSample">False: those are all.</param>
public sealed record FieldsAnswer(IReadOnlyList<FieldAnswer> Fields, long SampledEvents, bool IsSample)
{
    internal static FieldsAnswer Of(FieldList list) => new(
        [.. list.Fields.Select(f => new FieldAnswer(f.Name, f.Type, f.Events, f.Conflicts))], list.SampledEvents, list.IsSample);
}

/// <param name="Name">Dotted path.</param>
/// <param name="Type">Of most values.</param>
/// <param name="Events">Events of the sample that have it.</param>
/// <param name="Conflicts">Values of the sample that are of another type.</param>
public sealed record FieldAnswer(string Name, FieldType Type, long Events, long Conflicts);

/// <param name="Values">By count descending.</param>
/// <param name="EventsWithField">Events that have the field.</param>
/// <param name="SampledEvents">Counted over so many events.</param>
/// <param name="IsSample">False: those are all.</param>
public sealed record ValuesAnswer(IReadOnlyList<ValueAnswer> Values, long EventsWithField, long SampledEvents, bool IsSample)
{
    internal static ValuesAnswer Of(FieldValues values) => new(
        [.. values.Values.Select(v => new ValueAnswer(new JsonScalar(v.Value), v.Count))], values.EventsWithField, values.SampledEvents, values.IsSample);
}

public sealed record ValueAnswer(JsonScalar Value, long Count);

/// <summary>An event with its neighbours; both lists oldest first.</summary>
public sealed record ContextAnswer(IReadOnlyList<HitAnswer> Before, HitAnswer Event, IReadOnlyList<HitAnswer> After);
