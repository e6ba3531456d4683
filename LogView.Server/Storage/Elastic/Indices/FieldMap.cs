using System.Text.Json;

namespace LogView.Server.Storage.Elastic.Indices;

/// <summary>A field as the cluster has it.</summary>
/// <param name="Name">As people ask for it.</param>
/// <param name="Kind">How it can be asked.</param>
/// <param name="Type">The cluster's word for that.</param>
/// <param name="IsSearchable">It is indexed.</param>
/// <param name="ValuesFrom">The field whose values can be sorted and grouped: itself, or its keyword form; null: none.</param>
internal sealed record MappedField(string Name, FieldKind Kind, string Type, bool IsSearchable, string? ValuesFrom)
{
    /// <summary>The path of the <c>nested</c> objects it is in, which are asked by a query of their own; null: in none.</summary>
    public string? Nested { get; init; }

    /// <summary>In some indices those objects are nested, in others not: no one query asks both.</summary>
    public bool IsNestedInPart { get; init; }

    /// <summary>How it is mapped where it is not mapped alike in all indices; empty: as said above, everywhere.</summary>
    public IReadOnlyList<FieldForm> Forms { get; init; } = [];
}

/// <summary>A field as some of the indices have it.</summary>
/// <param name="Kind">How it can be asked there.</param>
/// <param name="Type">The cluster's word for that.</param>
/// <param name="IsSearchable">It is indexed there.</param>
/// <param name="Indices">Those that have it so.</param>
internal sealed record FieldForm(FieldKind Kind, string Type, bool IsSearchable, IReadOnlyList<string> Indices);

/// <summary>The fields of a set of indices, out of an answer of <c>_field_caps</c>.</summary>
internal sealed class FieldMap
{
    public static readonly FieldMap Empty = new(new Dictionary<string, MappedField>(StringComparer.Ordinal));

    /// <summary>Names by which a text field's whole value is mapped besides, in the order they are tried.</summary>
    private static readonly string[] WholeForms = [".keyword", ".raw"];

    /// <summary>What the cluster keeps of each document and lists among the fields.</summary>
    private static readonly HashSet<string> Metadata = new(
        [
            "_id", "_index", "_source", "_type", "_routing", "_field_names", "_ignored", "_ignored_source", "_doc_count", "_seq_no", "_version", "_tier", "_nested_path",
            "_size", "_data_stream_timestamp", "_feature",
        ],
        StringComparer.Ordinal);

    private readonly Dictionary<string, MappedField> _fields;

    private FieldMap(Dictionary<string, MappedField> fields) => _fields = fields;

    public IReadOnlyCollection<MappedField> All => _fields.Values;

    /// <summary>The field; also one that only the values of an object with any members have.</summary>
    public MappedField? Find(string name) => _fields.GetValueOrDefault(name) ?? FlatMember(name);

    public static FieldMap Read(JsonElement caps)
    {
        Dictionary<string, (string Type, FieldKind Kind, bool IsSearchable, bool HasValues)> read = new(StringComparer.Ordinal);
        Dictionary<string, IReadOnlyList<FieldForm>> forms = new(StringComparer.Ordinal);
        foreach (JsonProperty field in caps.GetProperty("fields").EnumerateObject())
        {
            if (!Metadata.Contains(field.Name) && OneOf(field.Value) is { } one)
            {
                read[field.Name] = one;
                forms[field.Name] = FieldForms.Read(field.Value, caps);
            }
        }

        Dictionary<string, bool> nested = NestedPaths(caps);
        Dictionary<string, MappedField> fields = new(StringComparer.Ordinal);
        foreach ((string name, (string type, FieldKind kind, bool isSearchable, bool hasValues)) in read)
        {
            string? path = nested.Keys.Where(p => name.Length > p.Length && name[p.Length] == '.' && name.StartsWith(p, StringComparison.Ordinal)).MaxBy(p => p.Length);
            string? values = path is not null ? null : hasValues ? name : WholeForms.Select(f => name + f).FirstOrDefault(f => read.TryGetValue(f, out var whole) && whole.HasValues);
            fields[name] = new MappedField(name, kind, type, isSearchable, values)
            {
                Nested = path, IsNestedInPart = path is not null && nested[path], Forms = forms.GetValueOrDefault(name, []),
            };
        }

        return new FieldMap(fields);
    }

    private MappedField? FlatMember(string name)
    {
        for (int dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1))
        {
            if (_fields.TryGetValue(name[..dot], out MappedField? parent))
            {
                return parent.Kind == FieldKind.Flat ? new MappedField(name, FieldKind.FlatMember, parent.Type, IsSearchable: true, ValuesFrom: null) { Nested = parent.Nested } : null;
            }
        }

        return null;
    }

    /// <summary>Paths of nested objects, and whether they are something else in other indices.</summary>
    private static Dictionary<string, bool> NestedPaths(JsonElement caps) => caps.GetProperty("fields").EnumerateObject()
        .Where(f => f.Value.TryGetProperty("nested", out _))
        .ToDictionary(f => f.Name, f => f.Value.EnumerateObject().Any(t => t.Name is not ("nested" or "unmapped")), StringComparer.Ordinal);

    private static (string Type, FieldKind Kind, bool IsSearchable, bool HasValues)? OneOf(JsonElement types)
    {
        (string Type, FieldKind Kind, bool IsSearchable, bool HasValues)? found = null;
        foreach (JsonProperty type in types.EnumerateObject())
        {
            if (FieldForms.IsNoField(type.Name))
            {
                continue;
            }

            FieldKind kind = FieldKinds.OfType(type.Name);
            bool isSearchable = Is(type.Value, "searchable"), hasValues = Is(type.Value, "aggregatable");
            found = found is not { } known ? (type.Name, kind, isSearchable, hasValues)
                : (known.Type, known.Kind == kind ? kind : FieldKind.Mixed, known.IsSearchable && isSearchable, known.HasValues && hasValues);
        }

        return found;
    }

    private static bool Is(JsonElement type, string ability) => type.TryGetProperty(ability, out JsonElement value) && value.GetBoolean();
}
