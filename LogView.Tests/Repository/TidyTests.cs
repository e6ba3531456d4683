using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LogView.Tests.Repository;

/// <summary>Sizes and habits that keep the sources readable. The lists of exceptions may shrink, not grow.</summary>
public sealed partial class TidyTests
{
    private const int MaxFileLines = 400;
    private const int MaxMethodLines = 60;
    private const int MaxFolderFiles = 20;

    private static readonly string[] Sources = [".cs", ".razor", ".css", ".js", ".mjs"];

    /// <summary>Files above the limit, each with its reason.</summary>
    private static readonly string[] LongFiles = [];

    /// <summary>Methods above the limit (<c>File.cs: Method</c>), each with its reason.</summary>
    private static readonly string[] LongMethods = [];

    /// <summary>Folders above the limit, each with its reason.</summary>
    private static readonly string[] FullFolders = [];

    private static IEnumerable<string> OwnSources => SourceFiles.WithExtension(Sources).Where(f => !IsThirdParty(f));

    [Fact]
    public void File_AnySource_IsShortEnough()
    {
        string[] tooLong = [.. OwnSources.Where(f => SourceFiles.Lines(f).Length > MaxFileLines)];

        AssertRatchet(LongFiles, tooLong, $"longer than {MaxFileLines} lines");
    }

    [Fact]
    public void Method_AnyCSharp_IsShortEnough()
    {
        string[] tooLong = [.. SourceFiles.WithExtension(".cs").SelectMany(LongMethodsOf)];

        AssertRatchet(LongMethods, tooLong, $"longer than {MaxMethodLines} lines");
    }

    [Fact]
    public void Folder_AnySources_HasFewEnoughFiles()
    {
        string[] tooFull =
        [
            .. OwnSources.Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
                .Where(f => !f.EndsWith(".razor.cs", StringComparison.Ordinal))
                .GroupBy(f => Path.GetDirectoryName(f)!).Where(g => g.Count() > MaxFolderFiles).Select(g => g.Key),
        ];

        AssertRatchet(FullFolders, tooFull, $"more than {MaxFolderFiles} files");
    }

    [Fact]
    public void Todo_Anywhere_HasAReason()
    {
        string[] bare = [.. OwnSources.Where(f => !IsThisFile(f) && BareTodo().IsMatch(SourceFiles.Read(f)))];

        Assert.True(bare.Length == 0, "A reason is missing, as in 'TODO until the embedded engine exists: …', in " + string.Join(", ", bare));
    }

    [Fact]
    public void Repository_AnyFile_NamesNoMachineAndNoRegistry()
    {
        string[] leaks = [.. SourceFiles.All.Where(f => !IsBinary(f)).SelectMany(LeaksOf)];

        Assert.True(leaks.Length == 0, string.Join('\n', leaks));
    }

    [Fact]
    public void MarkupString_OutsideOfHighlight_IsNotUsed()
    {
        string[] wrong =
        [
            .. SourceFiles.WithExtension(".cs", ".razor").Where(f => f.StartsWith("LogView.Client/", StringComparison.Ordinal) || f.StartsWith("LogView.Server/", StringComparison.Ordinal))
                .Where(f => !f.StartsWith("LogView.Client/Shared/Highlight", StringComparison.Ordinal))
                .Where(f => MarkupUse().IsMatch(SourceFiles.Read(f))),
        ];

        Assert.True(wrong.Length == 0, "Log text is hostile; only Shared/Highlight may make markup: " + string.Join(", ", wrong));
    }

    private static void AssertRatchet(string[] known, string[] found, string what)
    {
        Assert.True(!found.Except(known).Any(), $"{what}: {string.Join(", ", found.Except(known))}");
        Assert.True(!known.Except(found).Any(), $"no longer {what}, take off the list: {string.Join(", ", known.Except(found))}");
    }

    private static IEnumerable<string> LongMethodsOf(string file) => CSharpSyntaxTree.ParseText(SourceFiles.Read(file)).GetRoot().DescendantNodes()
        .Where(n => n is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax)
        .Where(n => LinesOf(n) > MaxMethodLines)
        .Select(n => $"{Path.GetFileName(file)}: {NameOf(n)}");

    private static int LinesOf(SyntaxNode node)
    {
        FileLinePositionSpan span = node.SyntaxTree.GetLineSpan(node.Span);
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static string NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        LocalFunctionStatementSyntax local => local.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        _ => node.Kind().ToString(),
    };

    private static IEnumerable<string> LeaksOf(string file)
    {
        if (IsThisFile(file))
        {
            yield break;
        }

        int number = 0;
        foreach (string line in SourceFiles.Lines(file))
        {
            number++;
            if (Leak().Match(line) is { Success: true } leak)
            {
                yield return $"{file}:{number}: {leak.Value}";
            }
        }
    }

    /// <summary>The patterns themselves stand here.</summary>
    private static bool IsThisFile(string file) => file.EndsWith("Repository/TidyTests.cs", StringComparison.Ordinal);

    private static bool IsThirdParty(string file) => file.StartsWith("wwwroot-assets/", StringComparison.Ordinal)
        && (file.Contains("/vendor/", StringComparison.Ordinal) || file.Contains(".min.", StringComparison.Ordinal) || file.Contains("/lib/", StringComparison.Ordinal));

    private static bool IsBinary(string file) => Path.GetExtension(file) is ".png" or ".jpg" or ".ico" or ".woff2" or ".gz" or ".zst" or ".bin" or ".pdf";

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b(?! until | because )", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex BareTodo();

    [GeneratedRegex(@"(?<![\w./-])/(?:work|root|home/\w+)/|""resolved"":\s*""https?://|api\.nuget\.org|registry\.npmjs\.org", RegexOptions.CultureInvariant)]
    private static partial Regex Leak();

    [GeneratedRegex(@"\bMarkupString\b|AddMarkupContent", RegexOptions.CultureInvariant)]
    private static partial Regex MarkupUse();
}
