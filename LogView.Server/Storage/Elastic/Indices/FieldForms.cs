using System.Text.Json;

namespace LogView.Server.Storage.Elastic.Indices;

/// <summary>How a field is mapped in which indices, out of an answer of <c>_field_caps</c>.</summary>
internal static class FieldForms
{
    /// <summary>What <c>_field_caps</c> lists beside the types of fields.</summary>
    public static bool IsNoField(string type) => type is "unmapped" or "object" or "nested";

    /// <summary>One for each kind, and one for where it is not indexed. Empty when it is mapped alike wherever the name is.</summary>
    /// <param name="types">Of one field.</param>
    /// <param name="caps">The answer, which says of which indices it is.</param>
    public static IReadOnlyList<FieldForm> Read(JsonElement types, JsonElement caps)
    {
        List<FieldForm> forms = [];
        if (AreAlike(types))
        {
            return forms;
        }

        foreach (JsonProperty type in types.EnumerateObject().Where(t => !IsNoField(t.Name)))
        {
            HashSet<string> all = [.. Names(type.Value, "indices") ?? Names(caps, "indices") ?? []];
            HashSet<string> closed = type.Value.GetProperty("searchable").GetBoolean() ? [] : [.. Names(type.Value, "non_searchable_indices") ?? all];
            Add(type.Name, isSearchable: true, all.Except(closed, StringComparer.Ordinal));
            Add(type.Name, isSearchable: false, closed);
        }

        return forms;

        void Add(string type, bool isSearchable, IEnumerable<string> indices)
        {
            FieldKind kind = FieldKinds.OfType(type);
            int same = forms.FindIndex(f => f.Kind == kind && f.IsSearchable == isSearchable && (kind != FieldKind.Mixed || f.Type.Equals(type, StringComparison.Ordinal)));
            string[] named = [.. indices];
            if (same >= 0)
            {
                forms[same] = forms[same] with { Indices = [.. forms[same].Indices, .. named] };
            }
            else if (named.Length > 0)
            {
                forms.Add(new FieldForm(kind, type, isSearchable, named));
            }
        }
    }

    /// <summary>Below an object are other fields, of which a test for the field itself would find any.</summary>
    private static bool AreAlike(JsonElement types)
    {
        FieldKind? kind = null;
        foreach (JsonProperty type in types.EnumerateObject().Where(t => t.Name is not "unmapped"))
        {
            FieldKind found = FieldKinds.OfType(type.Name);
            if (IsNoField(type.Name) || !type.Value.GetProperty("searchable").GetBoolean() || (kind is not null && (kind != found || found == FieldKind.Mixed)))
            {
                return false;
            }

            kind = found;
        }

        return true;
    }

    private static IEnumerable<string>? Names(JsonElement of, string member) =>
        of.TryGetProperty(member, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(i => i.GetString()!) : null;
}
