using System.Text.RegularExpressions;
using System.Xml.Linq;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Detail;
using LogView.Client.Shared.Filtering;
using LogView.Client.Shared.Querying;
using LogView.Client.Shared.Timing;
using LogView.Tests.Testing;

namespace LogView.Tests.Shared;

/// <summary>Every English text of a page has a Korean one, and no Korean text is left over.</summary>
public partial class TranslationTests
{
    /// <summary>Texts that are looked up by a variable.</summary>
    private static readonly Dictionary<string, string[]> Indirect = new(StringComparer.Ordinal)
    {
        ["Layout"] =
        [
            "Go to a page or a saved view, or do something", "Go to the query box", "Run the query", "Open the selected event", "Next and previous event", "Next and previous error", "To the values of the selected row and back", "What to do with the value; on a value also Enter", "Lines around the selected event, in the table", "Unfold or fold the repeats of the selected row", "Close the detail, or a panel", "This list",
            "Query examples", "Earlier queries", "Everywhere", "Query box", "Discover and live tail", "Pause the view, and go on", "To the newest event, and go on",
        ],
        ["Shared"] =
        [
            .. QuickRanges.Items.Select(q => q.Label), .. FilterWords.Operators.Select(o => o.Key), "Name a field", "Give at least one value", "Give at least one end", "Give a pattern",
            .. new[] { QueryLanguage.LogView, QueryLanguage.Lucene }.SelectMany(QueryExample.Of).Select(e => e.Meaning),
            .. new[] { "seconds", "minutes", "hours", "days", "weeks", "months", "years" }.Select(u => $"Last {{0}} {u}"),
        ],
        ["Discover"] =
        [
            .. Enum.GetNames<FieldType>(), "Pinned", "Selected", "Popular", "Available", "Fields", "JSON", "Context", "Compare", "The query does not read", "The search failed", "Data stream",
            "Looking for an error…", "No further error below", "No further error above", "No error was found in what could be looked through",
            "Events", "Patterns", "What changed", "Nothing before", "Nothing after", "All data streams", "Same service", "Same host", "Same file", "Same container", "Same pod", "Same trace",
        ],
        ["SignIn"] = [],
        ["Tailing"] = [],
        ["Admin"] = ["send events (ingest)", "search (search)", "everything, keys included (admin)", "followed", "renamed or deleted, read to its end", "read to its end", "not text", "cannot be read"],
    };

    [Theory]
    [InlineData("Layout", "LayoutText")]
    [InlineData("Shared", "SharedText")]
    [InlineData("Discover", "DiscoverText")]
    [InlineData("Admin", "AdminText")]
    [InlineData("SignIn", "SignInText")]
    [InlineData("Tailing", "TailText")]
    public void Korean_Area_HasExactlyTheTextsInUse(string area, string resource)
    {
        string folder = Path.Combine(ProjectFolder.Root, "LogView.Client", area);
        string sources = string.Join('\n', new[] { "*.razor", "*.cs" }.SelectMany(p => Directory.GetFiles(folder, p, SearchOption.AllDirectories)).Select(File.ReadAllText));
        string[] used = [.. LookUp().Matches(sources).Select(m => m.Groups["key"].Value.Replace("\\\"", "\"", StringComparison.Ordinal)), .. Indirect[area]];
        string[] translated = [.. XDocument.Load(Path.Combine(folder, resource + ".ko.resx")).Root!.Elements("data").Select(d => d.Attribute("name")!.Value)];

        Assert.Equal(used.Distinct().Order(StringComparer.Ordinal), translated.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Indirect_Scopes_AreAllOfThem() =>
        Assert.Subset(Indirect["Discover"].ToHashSet(StringComparer.Ordinal), ContextScope.Of(SomeHit.Of(1, fields:
        [
            ("host.name", "a"), ("log.file.path", "a"), ("container.id", "a"), ("kubernetes.pod.name", "a"), ("trace.id", "a"),
        ])).Select(s => s.Label).ToHashSet(StringComparer.Ordinal));

    [GeneratedRegex("""\b(?:Text|Strings|text|words|SharedStrings)\["(?<key>(?:\\.|[^"\\])+)"[\],]""", RegexOptions.ExplicitCapture)]
    private static partial Regex LookUp();
}
