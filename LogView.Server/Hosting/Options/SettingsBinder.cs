using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace LogView.Server.Hosting.Options;

/// <summary>
/// JSON into plain option records (init properties, parameterless constructor), strictly: a key that no property has and a value of the wrong kind
/// are errors that name the key, what was expected and the nearest known name. Reads text, booleans, whole and broken numbers, enums,
/// durations (<c>"500ms"</c>, <c>"5s"</c>, <c>"10m"</c>, <c>"2h"</c>, <c>"7d"</c>), time zones, lists, dictionaries by text, and records of these.
/// Numbers are never negative; <see cref="RangeAttribute"/> narrows them further.
/// </summary>
public sealed class SettingsBinder
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>The first problem: one sentence that starts with the key's path. Null: none.</summary>
    public string? Error { get; private set; }

    /// <summary>Null after an <see cref="Error"/>.</summary>
    /// <param name="json">A JSON object.</param>
    /// <param name="alsoKnown">Keys of the outermost object that somebody else reads.</param>
    public T? Bind<T>(JsonElement json, IReadOnlyCollection<string> alsoKnown)
        where T : class => BindRecord(typeof(T), json, "", alsoKnown) as T;

    /// <summary>The name of a property or enum member in JSON.</summary>
    public static string KeyOf(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private object? Bind(Type type, JsonElement json, string path)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain switch
        {
            _ when plain == typeof(string) => json.ValueKind == JsonValueKind.String ? json.GetString() : Wrong(path, "text", json),
            _ when plain == typeof(bool) => json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.GetBoolean() : Wrong(path, "true or false", json),
            _ when plain == typeof(int) => json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out int i) && i >= 0 ? i : Wrong(path, "a whole number", json),
            _ when plain == typeof(long) => json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out long l) && l >= 0 ? l : Wrong(path, "a whole number", json),
            _ when plain == typeof(double) => json.ValueKind == JsonValueKind.Number && json.GetDouble() >= 0 ? json.GetDouble() : Wrong(path, "a number", json),
            _ when plain == typeof(TimeSpan) => BindDuration(json, path),
            _ when plain == typeof(TimeZoneInfo) => json.ValueKind == JsonValueKind.String && TimeZoneInfo.TryFindSystemTimeZoneById(json.GetString()!, out TimeZoneInfo? zone)
                ? zone
                : Wrong(path, "a time zone such as \"UTC\" or \"Asia/Seoul\"", json),
            _ when plain.IsEnum => BindEnum(plain, json, path),
            _ when ElementType(plain, typeof(IReadOnlyDictionary<,>), 1) is { } value => BindDictionary(value, json, path),
            _ when ElementType(plain, typeof(IReadOnlyList<>), 0) is { } item => BindList(item, json, path),
            _ => BindRecord(plain, json, path, []),
        };
    }

    private object? BindRecord(Type type, JsonElement json, string path, IReadOnlyCollection<string> alsoKnown)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Wrong(path, "an object", json);
        }

        Dictionary<string, PropertyInfo> properties = type.GetProperties().Where(p => p.CanWrite).ToDictionary(p => KeyOf(p.Name), StringComparer.Ordinal);
        object record = Activator.CreateInstance(type)!;
        foreach (JsonProperty member in json.EnumerateObject())
        {
            if (properties.TryGetValue(member.Name, out PropertyInfo? property))
            {
                SetMember(record, property, member.Value, Join(path, member.Name));
            }
            else if (!alsoKnown.Contains(member.Name, StringComparer.Ordinal))
            {
                Fail((path.Length == 0 ? "" : $"'{path}': ") + CommandLine.Unknown("key", member.Name, properties.Keys.Concat(alsoKnown)));
            }

            if (Error is not null)
            {
                return null;
            }
        }

        return record;
    }

    private void SetMember(object record, PropertyInfo property, JsonElement json, string path)
    {
        bool mayBeNull = Nullable.GetUnderlyingType(property.PropertyType) is not null || Nullability.Create(property).WriteState == NullabilityState.Nullable;
        object? value = json.ValueKind == JsonValueKind.Null && mayBeNull ? null : Bind(property.PropertyType, json, path);
        RangeAttribute? range = property.GetCustomAttribute<RangeAttribute>();
        if (Error is null && value is not null && range is not null && !range.IsValid(value))
        {
            Wrong(path, $"a number from {range.Minimum} to {range.Maximum}", json);
        }

        if (Error is null)
        {
            property.SetValue(record, value);
        }
    }

    private Array? BindList(Type item, JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            Wrong(path, "a list", json);
            return null;
        }

        Array list = Array.CreateInstance(item, json.GetArrayLength());
        for (int i = 0; i < list.Length && Error is null; i++)
        {
            object? value = Bind(item, json[i], $"{path}[{i}]");
            if (Error is null)
            {
                list.SetValue(value, i);
            }
        }

        return list;
    }

    private IDictionary? BindDictionary(Type value, JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Wrong(path, "an object", json);
            return null;
        }

        IDictionary dictionary = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), value))!;
        foreach (JsonProperty member in json.EnumerateObject())
        {
            object? bound = Bind(value, member.Value, Join(path, member.Name));
            if (Error is not null)
            {
                return null;
            }

            dictionary.Add(member.Name, bound);
        }

        return dictionary;
    }

    private object? BindEnum(Type type, JsonElement json, string path)
    {
        string[] names = Enum.GetNames(type);
        string? text = json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        string? name = names.FirstOrDefault(n => string.Equals(KeyOf(n), text, StringComparison.Ordinal));
        return name is null ? Wrong(path, "one of " + string.Join(", ", names.Select(KeyOf)), json) : Enum.Parse(type, name);
    }

    private object? BindDuration(JsonElement json, string path)
    {
        TimeSpan? duration = json.ValueKind == JsonValueKind.String ? ParseDuration(json.GetString()!) : null;
        return duration is null ? Wrong(path, "a duration such as \"500ms\", \"30s\", \"10m\", \"2h\" or \"7d\"", json) : duration.Value;
    }

    private static TimeSpan? ParseDuration(string text)
    {
        string digits = text.TrimEnd("dhms".ToCharArray());
        double milliseconds = text[digits.Length..] switch { "ms" => 1, "s" => 1_000, "m" => 60_000, "h" => 3_600_000, "d" => 86_400_000, _ => 0 };
        bool isNumber = double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
        double total = number * milliseconds;
        return isNumber && milliseconds > 0 && total < TimeSpan.MaxValue.TotalMilliseconds ? TimeSpan.FromMilliseconds(total) : null;
    }

    private object? Wrong(string path, string expected, JsonElement found)
    {
        string text = found.ValueKind switch { JsonValueKind.Object => "an object", JsonValueKind.Array => "a list", _ => found.GetRawText() };
        return Fail($"{(path.Length == 0 ? "" : $"'{path}': ")}expected {expected}, found {text}");
    }

    private object? Fail(string error)
    {
        Error ??= error;
        return null;
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static Type? ElementType(Type type, Type generic, int argument) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == generic ? type.GetGenericArguments()[argument] : null;
}
