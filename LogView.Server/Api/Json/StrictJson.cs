using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LogView.Server.Api.Json;

/// <summary>
/// Compares JSON with the shape of a type before it is read, to say in words what is wrong and where: unknown and missing members, wrong
/// types. One definition of the shape, the type, serves reading, checking and the OpenAPI document.
/// </summary>
internal static class StrictJson
{
    /// <summary>Null when the value fits; otherwise one sentence.</summary>
    public static string? Problem<T>(JsonElement value) => Problem(value, ApiJson.Options.GetTypeInfo(typeof(T)), "");

    private static string? Problem(JsonElement value, JsonTypeInfo shape, string path) => shape.Kind switch
    {
        JsonTypeInfoKind.Object => value.ValueKind == JsonValueKind.Object ? Members(value, shape, path) : Wrong(value, path, "an object"),
        JsonTypeInfoKind.Dictionary => value.ValueKind == JsonValueKind.Object ? Entries(value, shape, path) : Wrong(value, path, "an object"),
        JsonTypeInfoKind.Enumerable => value.ValueKind == JsonValueKind.Array ? Items(value, shape, path) : Wrong(value, path, "an array"),
        _ => Scalar(value, Nullable.GetUnderlyingType(shape.Type) ?? shape.Type, path),
    };

    private static string? Members(JsonElement value, JsonTypeInfo shape, string path)
    {
        foreach (JsonProperty member in value.EnumerateObject())
        {
            JsonPropertyInfo? known = shape.Properties.FirstOrDefault(p => string.Equals(p.Name, member.Name, StringComparison.Ordinal));
            if (known is null)
            {
                return Unknown(member.Name, path, shape);
            }

            if (member.Value.ValueKind != JsonValueKind.Null
                && Problem(member.Value, ApiJson.Options.GetTypeInfo(known.PropertyType), Join(path, member.Name)) is { } problem)
            {
                return problem;
            }
        }

        JsonPropertyInfo? missing = shape.Properties.FirstOrDefault(
            p => p.IsRequired && (!value.TryGetProperty(p.Name, out JsonElement given) || given.ValueKind == JsonValueKind.Null));
        return missing is null ? null : $"'{Join(path, missing.Name)}' is missing";
    }

    private static string? Entries(JsonElement value, JsonTypeInfo shape, string path)
    {
        JsonTypeInfo entry = ApiJson.Options.GetTypeInfo(shape.ElementType!);
        return value.EnumerateObject().Select(p => Problem(p.Value, entry, Join(path, p.Name))).FirstOrDefault(p => p is not null);
    }

    private static string? Items(JsonElement value, JsonTypeInfo shape, string path)
    {
        JsonTypeInfo item = ApiJson.Options.GetTypeInfo(shape.ElementType!);
        return value.EnumerateArray().Select((v, i) => Problem(v, item, $"{path}[{i}]")).FirstOrDefault(p => p is not null);
    }

    private static string? Scalar(JsonElement value, Type type, string path)
    {
        bool isNumber = value.ValueKind == JsonValueKind.Number;
        bool isBoolean = value.ValueKind is JsonValueKind.True or JsonValueKind.False;
        bool isText = value.ValueKind == JsonValueKind.String;
        if (type.IsEnum)
        {
            string[] words = [.. Enum.GetNames(type).Select(n => n.ToLowerInvariant())];
            return isText && words.Contains(value.GetString()) ? null : Wrong(value, path, $"one of {string.Join(", ", words)}");
        }

        (bool fits, string expected) = Type.GetTypeCode(type) switch
        {
            TypeCode.String => (isText, "a string"),
            TypeCode.Boolean => (isBoolean, "true or false"),
            TypeCode.Int32 => (isNumber && value.TryGetInt32(out _), "a whole number"),
            TypeCode.Double => (isNumber && double.IsFinite(value.GetDouble()), "a number"),
            _ => (isText || isNumber || isBoolean, "a string, a number or a boolean"),
        };
        return fits ? null : Wrong(value, path, expected);
    }

    private static string Unknown(string name, string path, JsonTypeInfo shape)
    {
        string where = path.Length == 0 ? "" : $" in '{path}'";
        string[] known = [.. shape.Properties.Select(p => p.Name)];
        return $"unknown member '{Names.Shorten(name)}'{where}; {Names.Hint(name, known)}";
    }

    private static string Wrong(JsonElement value, string path, string expected) =>
        $"{(path.Length == 0 ? "the body" : $"'{path}'")} is {Describe(value)}: expected {expected}";

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => $"the string \"{Names.Shorten(value.GetString()!)}\"",
        JsonValueKind.Null => "null",
        _ => Names.Shorten(value.GetRawText()),
    };

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{Names.Shorten(name)}";
}
