using System.Buffers;
using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Elastic.Indices;

namespace LogView.Server.Storage.Elastic.Writing;

/// <summary>
/// What the index a data stream writes to has mapped, as far as the writer knows: which fields can still be added, and which values fit. A wrong
/// belief costs a refused item, after which the mapping is read again. Not safe for concurrent use.
/// </summary>
internal sealed class StreamSchema
{
    /// <summary>Fields an index gets under their own names. Elasticsearch's own default for all fields of an index is 1,000.</summary>
    public const int MaxFields = 1_000;

    /// <summary>Helper fields of each sort.</summary>
    private const int MaxHelpers = 500;

    /// <summary>Levels of a name; Elasticsearch maps 20.</summary>
    private const int MaxDepth = 16;

    private const int MaxNameLength = 256;

    private static readonly HashSet<string> Reserved = new(
        [
            "_id", "_index", "_source", "_type", "_routing", "_field_names", "_ignored", "_ignored_source", "_doc_count", "_seq_no", "_version", "_primary_term", "_tier",
            "_nested_path", "_size", "_data_stream_timestamp", "_tsid", "_ts_routing_hash", "_feature", "_inference_fields", "_meta", "_uid", "_parent",
            OwnNames.Root, OwnNames.Timestamp,
        ],
        StringComparer.Ordinal);

    private static readonly SearchValues<char> Strange = SearchValues.Create("*?\"\\#|");

    private readonly Dictionary<string, FieldKind> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _helpers = new(StringComparer.Ordinal);

    private readonly List<KeyValuePair<string, FieldKind>> _new = [];

    /// <summary>Text fields that are mapped otherwise than LogView maps them now.</summary>
    private readonly HashSet<string> _otherwise = new(StringComparer.Ordinal);

    /// <summary>Of the index; of one that is still to be made: what its template says.</summary>
    public int Version { get; private set; } = IndexTemplate.Schema;

    /// <summary>Grows with each field that was added by a value, not read from a mapping.</summary>
    public int Additions { get; private set; }

    /// <summary>The field's kind, added when it is new; null when the index cannot have it under its name.</summary>
    public FieldKind? Take(string name, FieldValue first)
    {
        if (_fields.TryGetValue(name, out FieldKind kind))
        {
            return kind;
        }

        if (_fields.Count >= MaxFields || !IsMappable(name) || _objects.Contains(name) || Parents(name).Any(_fields.ContainsKey))
        {
            return null;
        }

        kind = FieldKinds.OfValue(name, first);
        Add(name, kind);
        _new.Add(KeyValuePair.Create(name, kind));
        Additions++;
        return kind;
    }

    /// <summary>True when the cluster cuts plain texts of this text field into the words that LogView searches for.</summary>
    public bool CutsTexts(string name) => Version >= IndexTemplate.CutsTexts && !_otherwise.Contains(name);

    /// <summary>The fields that were added since this was asked last.</summary>
    public IReadOnlyList<KeyValuePair<string, FieldKind>> TakeNew()
    {
        KeyValuePair<string, FieldKind>[] added = [.. _new];
        _new.Clear();
        return added;
    }

    /// <summary>True when the index has, or may get, a helper field.</summary>
    /// <param name="sort">Which helper: one letter.</param>
    /// <param name="name">Of the field it helps.</param>
    public bool TakeHelper(string sort, string name)
    {
        if (!_helpers.TryGetValue(sort, out HashSet<string>? names))
        {
            _helpers[sort] = names = new HashSet<string>(StringComparer.Ordinal);
        }

        return names.Contains(name) || (names.Count < MaxHelpers && names.Add(name));
    }

    /// <summary>Takes over what an index has: the <c>mappings</c> of an answer of <c>_mapping</c>.</summary>
    public void Read(JsonElement mappings)
    {
        Version = IndexTemplate.SchemaOf(mappings);
        if (mappings.TryGetProperty("properties", out JsonElement properties))
        {
            Read(properties, "");
        }
    }

    private void Read(JsonElement properties, string path)
    {
        foreach (JsonProperty property in properties.EnumerateObject())
        {
            string name = path + property.Name;
            if (name is OwnNames.Root)
            {
                ReadHelpers(property.Value);
            }
            else if (property.Value.TryGetProperty("properties", out JsonElement children))
            {
                _objects.Add(name);
                Read(children, name + ".");
            }
            else if (property.Value.TryGetProperty("type", out JsonElement type) && name is not OwnNames.Timestamp)
            {
                Add(name, FieldKinds.OfType(type.GetString() ?? ""));
                if (!property.Value.TryGetProperty("analyzer", out JsonElement analyzer) || !analyzer.ValueEquals(IndexTemplate.TextAnalyzer))
                {
                    _otherwise.Add(name);
                }
            }
        }
    }

    private void ReadHelpers(JsonElement root)
    {
        foreach (JsonProperty helper in root.GetProperty("properties").EnumerateObject())
        {
            if (helper.Value.TryGetProperty("properties", out JsonElement names))
            {
                foreach (JsonProperty name in names.EnumerateObject())
                {
                    TakeHelper(helper.Name, name.Name);
                }
            }
        }
    }

    private void Add(string name, FieldKind kind)
    {
        _fields[name] = kind;
        foreach (string parent in Parents(name))
        {
            _objects.Add(parent);
        }
    }

    private static IEnumerable<string> Parents(string name)
    {
        for (int dot = name.IndexOf('.', StringComparison.Ordinal); dot > 0; dot = name.IndexOf('.', dot + 1))
        {
            yield return name[..dot];
        }
    }

    /// <summary>Elasticsearch refuses empty path parts and its own names; the rest is caution.</summary>
    private static bool IsMappable(string name)
    {
        if (name.Length > MaxNameLength)
        {
            return false;
        }

        string[] parts = name.Split('.');
        return parts.Length <= MaxDepth && !Reserved.Contains(parts[0])
            && parts.All(p => !string.IsNullOrWhiteSpace(p) && !p.AsSpan().ContainsAny(Strange) && !p.Any(char.IsControl));
    }
}
