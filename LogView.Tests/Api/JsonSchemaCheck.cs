using System.Text.Json;

namespace LogView.Tests.Api;

/// <summary>The part of JSON Schema that the OpenAPI document uses: references, types, properties, items, enums, anyOf. Members a schema does not name are a problem.</summary>
internal static class JsonSchemaCheck
{
    /// <summary>Null when the value fits.</summary>
    public static string? Problem(JsonElement document, JsonElement schema, JsonElement value, string path = "$")
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            return Problem(document, Resolve(document, reference.GetString()!), value, path);
        }

        foreach (string choice in new[] { "anyOf", "oneOf" })
        {
            if (schema.TryGetProperty(choice, out JsonElement choices))
            {
                string?[] problems = [.. choices.EnumerateArray().Select(c => Problem(document, c, value, path))];
                return problems.Contains(null) ? null : $"{path} fits no {choice}: {string.Join("; ", problems)}";
            }
        }

        if (schema.TryGetProperty("type", out JsonElement type) && !Types(type).Any(t => IsOf(t, value)))
        {
            return $"{path} is {value.ValueKind}, expected {type.GetRawText()}";
        }

        if (schema.TryGetProperty("enum", out JsonElement words) && !words.EnumerateArray().Any(w => w.GetRawText() == value.GetRawText()))
        {
            return $"{path} is {value.GetRawText()}, expected one of {words.GetRawText()}";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => Members(document, schema, value, path),
            JsonValueKind.Array when schema.TryGetProperty("items", out JsonElement items) =>
                value.EnumerateArray().Select((v, i) => Problem(document, items, v, $"{path}[{i}]")).FirstOrDefault(p => p is not null),
            _ => null,
        };
    }

    private static string? Members(JsonElement document, JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("additionalProperties", out JsonElement entries) && entries.ValueKind == JsonValueKind.Object)
        {
            return value.EnumerateObject().Select(m => Problem(document, entries, m.Value, $"{path}.{m.Name}")).FirstOrDefault(p => p is not null);
        }

        if (!schema.TryGetProperty("properties", out JsonElement properties))
        {
            return null;
        }

        foreach (JsonProperty member in value.EnumerateObject())
        {
            string? problem = properties.TryGetProperty(member.Name, out JsonElement known)
                ? Problem(document, known, member.Value, $"{path}.{member.Name}")
                : $"{path}.{member.Name} is not in the document";
            if (problem is not null)
            {
                return problem;
            }
        }

        return !schema.TryGetProperty("required", out JsonElement required) ? null
            : required.EnumerateArray().Select(r => value.TryGetProperty(r.GetString()!, out _) ? null : $"{path}.{r} is missing").FirstOrDefault(p => p is not null);
    }

    private static JsonElement Resolve(JsonElement document, string reference) =>
        reference.TrimStart('#', '/').Split('/').Aggregate(document, (at, part) => at.GetProperty(part));

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => value.ValueKind == JsonValueKind.Number,
    };
}
