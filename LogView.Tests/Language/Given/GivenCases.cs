using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Tests.Testing;

namespace LogView.Tests.Language.Given;

/// <summary>Cases that other people's software answered, read in place.</summary>
internal static class GivenCases
{
    public static IReadOnlyList<JsonObject> Read(string file, Func<JsonObject, bool>? where = null)
    {
        string path = ProjectFolder.TestData("query", file);
        JsonNode document = JsonNode.Parse(File.ReadAllText(path))!;
        JsonObject[] cases = [.. document["cases"]!.AsArray().Select(c => c!.AsObject()).Where(c => where?.Invoke(c) ?? true)];
        Assert.NotEmpty(cases);
        return cases;
    }

    public static string? Text(this JsonObject given, string name) => given[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String
        ? value.GetValue<string>() : null;

    /// <summary>Runs the check on every case and reports all that fail, not only the first.</summary>
    public static void CheckAll(IEnumerable<JsonObject> cases, Func<JsonObject, string?> check)
    {
        string[] failures = [.. cases.Select(c => check(c) is { } failure ? $"{c.Text("id")} {c.Text("query") ?? c.Text("expr") ?? c.Text("name")}: {failure}" : null).OfType<string>()];

        Assert.True(failures.Length == 0, $"{failures.Length} cases differ:\n{string.Join('\n', failures)}");
    }

    /// <summary>Equal up to the order of members.</summary>
    public static bool JsonEquals(JsonNode? left, JsonNode? right) => JsonNode.DeepEquals(left, right);
}
