using System.Reflection;
using System.Text.RegularExpressions;
using LogView.Server.Platform;
using LogView.Server.Storage.Embedded.Partitions;

namespace LogView.Tests.Repository;

/// <summary>Every name that LogView gives to a file or folder stands in one of two classes, and in the page that describes what is on disk.</summary>
public sealed partial class FileNameTests
{
    private static readonly Type[] Classes = [typeof(FileNames), typeof(StoreNames)];

    [Fact]
    public void Names_InTheClasses_AreDescribed()
    {
        string page = SourceFiles.Read("docs/storage-format.md");
        string[] names =
        [
            .. Classes.SelectMany(c => c.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!),
        ];

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains(name, page, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_InTheSources_StandInTheClasses()
    {
        string[] elsewhere =
        [
            .. SourceFiles.WithExtension(".cs").Where(f => f.StartsWith("LogView.Server/", StringComparison.Ordinal) && !Classes.Any(c => Path.GetFileNameWithoutExtension(f) == c.Name))
                .SelectMany(f => SourceFiles.Lines(f).Where(l => Written().IsMatch(l)).Select(l => $"{f}: {l.Trim()}")),
        ];

        Assert.True(elsewhere.Length == 0, "Names of files that do not stand in FileNames or StoreNames:\n" + string.Join('\n', elsewhere));
    }

    /// <summary>A literal joined to a path, or added to one as its ending.</summary>
    [GeneratedRegex("""Path\.(Combine|Join)\([^;]*[,(]\s*\$?"[^"{]|[Pp]ath\s*\+\s*\$?"\.|"[A-Za-z0-9_-]+\.(json|db|tmp|lock|new)"\s*[,);]""", RegexOptions.ExplicitCapture)]
    private static partial Regex Written();
}
