namespace LogView.Tests.Testing;

/// <summary>Where the sources and the data that other people's software defines are, seen from a running test.</summary>
internal static class ProjectFolder
{
    /// <summary>The folder of LogView.sln.</summary>
    public static string Root { get; } = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A file of <c>../shared/testdata</c>; skips the running test, saying so, when it is not there.</summary>
    public static string TestData(params string[] parts)
    {
        string path = Path.GetFullPath(Path.Combine([Root, "..", "shared", "testdata", .. parts]));
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            Assert.Skip($"SKIPPED: {path} is not there, so what it defines was not checked");
        }

        return path;
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LogView.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run below the folder of LogView.sln.");
    }
}
