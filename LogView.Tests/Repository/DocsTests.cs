using System.Text.RegularExpressions;
using LogView.Server.Hosting.Options;
using LogView.Tests.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LogView.Tests.Repository;

/// <summary>The docs say what the program does: options, links, areas, snippets.</summary>
public sealed partial class DocsTests
{
    /// <summary>Written by the browser tests, which photograph the running program.</summary>
    private static readonly string[] MadeLater = ["docs/images/discover.png", "docs/images/tail.png"];

    private static IEnumerable<string> Docs => SourceFiles.WithExtension(".md").Where(f => !f.Contains("node_modules", StringComparison.Ordinal));

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/operations.md")]
    public void Options_InDocsAndInCode_AreTheSame(string file)
    {
        string[] documented = [.. OptionName().Matches(TableRows(file)).Select(m => m.Groups["name"].Value).Distinct()];
        string[] known = [.. OptionTable.All.SelectMany(o => new[] { o.Name, o.Environment }).OfType<string>()];
        string[] needed = file is "README.md" ? [.. known.Except(["--help", "--version"])] : known;

        Assert.Empty(documented.Except(known));
        Assert.Empty(needed.Except(documented));
    }

    [Fact]
    public void Links_InDocs_Resolve()
    {
        string[] broken =
        [
            .. Docs.SelectMany(f => Link().Matches(SourceFiles.Read(f)).Select(m => (File: f, Target: m.Groups["target"].Value.Split('#')[0])))
                .Where(l => l.Target.Length > 0 && !l.Target.Contains("://", StringComparison.Ordinal) && !l.Target.StartsWith("mailto:", StringComparison.Ordinal))
                .Select(l => (l.File, Path: Path.GetRelativePath(ProjectFolder.Root, Path.Combine(ProjectFolder.Root, Path.GetDirectoryName(l.File)!, l.Target))))
                .Where(l => !MadeLater.Contains(l.Path) && !Path.Exists(ProjectFolder.PathOf(l.Path)))
                .Select(l => $"{l.File}: {l.Path}"),
        ];

        Assert.True(broken.Length == 0, string.Join('\n', broken));
    }

    [Fact]
    public void Areas_InTheTable_AreInTheArchitecturePage()
    {
        string page = SourceFiles.Read("docs/architecture.md");

        Assert.All(Areas.Allowed.Keys.Except(["Storage.Embedded"]), area => Assert.Matches($@"\b{Regex.Escape(area)}\b", page));
    }

    [Fact]
    public void Readme_FirstScreen_IsShort()
    {
        string[] lines = SourceFiles.Lines("README.md");

        Assert.InRange(Array.FindIndex(lines, l => l.StartsWith("## ", StringComparison.Ordinal)), 10, 40);
    }

    [Fact]
    public void Snippets_OfCSharp_Parse()
    {
        foreach (string file in Docs)
        {
            foreach (Match snippet in CSharpSnippet().Matches(SourceFiles.Read(file)))
            {
                SyntaxTree tree = CSharpSyntaxTree.ParseText(snippet.Groups["code"].Value, new CSharpParseOptions(kind: SourceCodeKind.Script));
                Assert.True(!tree.GetDiagnostics().Any(), $"{file}: {string.Join('\n', tree.GetDiagnostics())}");
            }
        }
    }

    private static string TableRows(string file) => string.Join('\n', SourceFiles.Lines(file).Where(l => l.StartsWith("| ", StringComparison.Ordinal)));

    [GeneratedRegex(@"`(?<name>--[a-z-]+|LOGVIEW_[A-Z_]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex OptionName();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex(@"```csharp\r?\n(?<code>.*?)```", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex CSharpSnippet();
}
