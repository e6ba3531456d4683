using System.Globalization;
using System.Text.Json;
using LogView.Tests.Testing;
using Xunit.Sdk;

namespace LogView.Tests.Conformance;

/// <summary>
/// One case of a scenario file: events, a request as the API takes it, and what the answer must have. <c>ids</c> are those of the hits in order;
/// <c>expect</c> is a part of the answer: objects may have more members, arrays not, and <c>{"near":[value,relative error]}</c> stands for a number near
/// the value; <c>problem</c> is how the refusal begins.
/// </summary>
public sealed record Scenario(string File, string Name) : IXunitSerializable
{
    public Scenario()
        : this("", "")
    {
    }

    public string File { get; private set; } = File;

    public string Name { get; private set; } = Name;

    public static TheoryData<Scenario> All
    {
        get
        {
            TheoryData<Scenario> all = [];
            foreach (string path in Directory.GetFiles(ProjectFolder.PathOf("LogView.Tests", "Conformance", "Scenarios"), "*.json").Order(StringComparer.Ordinal))
            {
                using JsonDocument file = Read(path);
                foreach (JsonElement one in file.RootElement.GetProperty("cases").EnumerateArray())
                {
                    all.Add(new Scenario(Path.GetFileName(path), one.GetProperty("name").GetString()!));
                }
            }

            return all;
        }
    }

    /// <summary>The events of the file and this case.</summary>
    public (JsonElement Events, JsonElement Case) Load()
    {
        using JsonDocument file = Read(ProjectFolder.PathOf("LogView.Tests", "Conformance", "Scenarios", File));
        JsonElement root = file.RootElement.Clone();
        return (root.GetProperty("events"), root.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("name").GetString() == Name));
    }

    /// <summary>Null when <paramref name="actual"/> has all that is expected; otherwise the first difference.</summary>
    public static string? Difference(JsonElement expected, JsonElement actual, string path = "")
    {
        if (expected.ValueKind == JsonValueKind.Object && expected.TryGetProperty("near", out JsonElement near))
        {
            double value = near[0].GetDouble(), error = Math.Abs(value) * near[1].GetDouble() + 1e-9;
            return actual.ValueKind == JsonValueKind.Number && Math.Abs(actual.GetDouble() - value) <= error ? null : Different();
        }

        if (expected.ValueKind != actual.ValueKind)
        {
            return Different();
        }

        return expected.ValueKind switch
        {
            JsonValueKind.Object => expected.EnumerateObject().Select(p => actual.TryGetProperty(p.Name, out JsonElement value)
                ? Difference(p.Value, value, $"{path}.{p.Name}") : $"{path}.{p.Name} is missing").FirstOrDefault(d => d is not null),
            JsonValueKind.Array => expected.GetArrayLength() != actual.GetArrayLength() ? Different()
                : expected.EnumerateArray().Zip(actual.EnumerateArray()).Select((p, i) => Difference(p.First, p.Second, $"{path}[{i}]")).FirstOrDefault(d => d is not null),
            JsonValueKind.Number => expected.GetDouble().Equals(actual.GetDouble()) ? null : Different(),
            JsonValueKind.String => expected.GetString() == actual.GetString() ? null : Different(),
            _ => null,
        };

        string Different() => string.Create(CultureInfo.InvariantCulture, $"{path} is {actual.GetRawText()}, expected {expected.GetRawText()}");
    }

    public void Deserialize(IXunitSerializationInfo info) =>
        (File, Name) = (info.GetValue<string>(nameof(File))!, info.GetValue<string>(nameof(Name))!);

    public void Serialize(IXunitSerializationInfo info)
    {
        info.AddValue(nameof(File), File);
        info.AddValue(nameof(Name), Name);
    }

    public override string ToString() => $"{File}: {Name}";

    private static JsonDocument Read(string path) =>
        JsonDocument.Parse(System.IO.File.ReadAllText(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
}
