using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage.Elastic.Indices;

namespace LogView.Server.Storage.Elastic.Reading.Aggregating;

/// <summary>
/// Events of others that have a value which the cluster does not sort and group by: a text that has no keyword form in its index, or one that is too long for it (<c>ignore_above</c>).
/// They are counted beside what is asked, and the answer says how many.
/// </summary>
internal sealed class LeftOut
{
    private const string Name = "logview_left_out";

    private readonly string[] _fields;
    private readonly JsonObject? _without;
    private long _events;

    public LeftOut(SearchScope scope, StoreSearch search)
    {
        MappedField[] fields = [.. search.Sort.Select(s => s.Field).Concat(EventScan.FieldsOf(search.Aggregations.Values)).Distinct(StringComparer.Ordinal)
            .Select(scope.OtherFields.Find).OfType<MappedField>().Where(f => f.ValuesFrom is not null && f.Kind is FieldKind.Text or FieldKind.Keyword)];
        _fields = [.. fields.Select(f => f.Name)];
        _without = fields.Length == 0 ? null : Dsl.And([Dsl.Terms("_index", scope.Others.Select(i => i.Name)), Dsl.Or([.. fields.Select(Without)])]);
    }

    /// <summary>Empty when there are none.</summary>
    public IReadOnlyList<SearchNote> Notes => _events == 0
        ? []
        : [new SearchNote("values_left_out", string.Create(
            CultureInfo.InvariantCulture,
            $"{_events:N0} events have a value of {string.Join(" or ", _fields)} that their index keeps as words only, or is too long for it: they are in no group of it and come last in its order"))];

    /// <param name="sums">Of a search body.</param>
    public void Ask(JsonObject sums)
    {
        if (_without is not null)
        {
            sums[Name] = Dsl.Named("filter", _without.DeepClone());
        }
    }

    /// <summary>Adds up what answers say.</summary>
    public void Read(JsonElement sums)
    {
        if (sums.ValueKind == JsonValueKind.Object && sums.TryGetProperty(Name, out JsonElement counted))
        {
            _events += counted.GetProperty("doc_count").GetInt64();
        }
    }

    private static JsonObject Without(MappedField field) => field.Kind == FieldKind.Text
        ? Dsl.And([Dsl.Exists(field.Name), Dsl.Not(Dsl.Exists(field.ValuesFrom!))])
        : Dsl.Terms("_ignored", [field.Name]);
}
