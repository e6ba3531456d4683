using System.Diagnostics;
using LogView.Tests.Testing;

namespace LogView.Tests.Repository;

/// <summary>The files of the repository, as git knows them: committed ones and new ones that are not ignored.</summary>
internal static class SourceFiles
{
    private static readonly Lazy<string[]> AllFiles = new(List);

    /// <summary>Paths from the root with <c>/</c>.</summary>
    public static IReadOnlyList<string> All => AllFiles.Value;

    public static IEnumerable<string> WithExtension(params string[] extensions) => All.Where(f => extensions.Contains(Path.GetExtension(f)));

    public static string Read(string file) => File.ReadAllText(ProjectFolder.PathOf(file));

    public static string[] Lines(string file) => File.ReadAllLines(ProjectFolder.PathOf(file));

    private static string[] List()
    {
        ProcessStartInfo start = new("git", ["-C", ProjectFolder.Root, "ls-files", "--cached", "--others", "--exclude-standard"])
        {
            UseShellExecute = false, RedirectStandardOutput = true,
        };
        using Process git = Process.Start(start)!;
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.SkipWhen(git.ExitCode != 0, "SKIPPED: not a git checkout, so the files of the repository are not known");
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Where(f => File.Exists(ProjectFolder.PathOf(f)))];
    }
}
