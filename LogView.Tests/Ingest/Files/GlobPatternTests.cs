using LogView.Server.Ingest.Files;
using LogView.Server.Ingest.Files.Finding;
using LogView.Tests.Testing;

namespace LogView.Tests.Ingest.Files;

public sealed class GlobPatternTests
{
    [Theory]
    [InlineData("/var/log/*.log", "/var/log/a.log", true)]
    [InlineData("/var/log/*.log", "/var/log/x/a.log", false)]
    [InlineData("/var/log/*.log", "/var/log/.log", true)]
    [InlineData("/var/log/**", "/var/log/a", true)]
    [InlineData("/var/log/**", "/var/log/x/y/a", true)]
    [InlineData("/var/log/**/*.log", "/var/log/a.log", true)]
    [InlineData("/var/log/**/*.log", "/var/log/x/y/a.log", true)]
    [InlineData("/var/log/**/y/*.log", "/var/log/x/y/a.log", true)]
    [InlineData("/var/log/**/y/*.log", "/var/log/x/z/a.log", false)]
    [InlineData("/var/log/app-?.log", "/var/log/app-1.log", true)]
    [InlineData("/var/log/app-[0-9a].log", "/var/log/app-a.log", true)]
    [InlineData("/var/log/app-[!0-9].log", "/var/log/app-1.log", false)]
    [InlineData("/var/log/{nginx,apache2}/{access,error}.log", "/var/log/apache2/error.log", true)]
    [InlineData("/var/log/{a,b{c,d}}.log", "/var/log/bd.log", true)]
    [InlineData("/var/log/app[.log", "/var/log/app[.log", true)]
    [InlineData("/var/log/a*b*c*d", "/var/log/axbxcxxd", true)]
    [InlineData("/var/LOG/a", "/var/log/a", false)]
    public void Matches_APath_AsThePatternSays(string pattern, string path, bool expected) =>
        Assert.Equal(expected, GlobPattern.Parse(pattern).Any(p => p.Matches(path)));

    [Theory]
    [InlineData("/var/log/*/x/*.log", "/var/log", true)]
    [InlineData("/var/log/*/x/*.log", "/var/log/a", true)]
    [InlineData("/var/log/*/x/*.log", "/var/log/a/y", false)]
    [InlineData("/var/log/*/x/*.log", "/var/lib", false)]
    [InlineData("/var/log/**/*.log", "/var/log/a/b/c", true)]
    public void MayContain_AFolder_OnlyOnTheWay(string pattern, string folder, bool expected) =>
        Assert.Equal(expected, GlobPattern.Parse(pattern).Any(p => p.MayContain(folder)));

    [Fact]
    public void Matches_ManyStars_IsFast()
    {
        string pattern = "/" + string.Concat(Enumerable.Repeat("*a", 100)) + "b";

        Assert.DoesNotContain(GlobPattern.Parse(pattern), p => p.Matches("/" + new string('a', 5_000)));
    }

    [Theory]
    [InlineData("", "expected a path or a pattern")]
    [InlineData("logs/*.log", "expected an absolute path")]
    [InlineData("/var/../etc/passwd", "expected a path without . and ..")]
    [InlineData("/var/{a,b", "expected balanced braces with at most 100 combinations")]
    [InlineData("/{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", "expected balanced braces with at most 100 combinations")]
    [InlineData("/var/log/*.log", null)]
    public void Problem_APattern_IsNamed(string pattern, string? expected) => Assert.Equal(expected, GlobPattern.Problem(pattern, mustBeAbsolute: true));

    [Fact]
    public void Walk_AFolderTree_FindsFilesAndFoldersToWatch()
    {
        using TempFolder folder = new();
        Directory.CreateDirectory(Path.Combine(folder.Path, "a", "b"));
        folder.File("a/x.log", "");
        folder.File("a/b/y.log", "");
        folder.File("a/b/y.txt", "");
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "a", "up"), folder.Path);
        GlobWalker walker = new();

        walker.Walk(new GlobSet(new FileSourceOptions { Paths = [$"{folder.Path}/**/*.log", $"{folder.Path}/not/there/*.log"] }, "/data"));

        Assert.Equal(["/a/b/y.log", "/a/x.log"], walker.Files.Select(f => f[folder.Path.Length..]).Order(StringComparer.Ordinal));
        Assert.Equal(["", "/a", "/a/b"], walker.Folders.Select(f => f[folder.Path.Length..]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("app.log", "app.log.1", true)]
    [InlineData("app.log", "app.log-20261122", true)]
    [InlineData("app.log", "app.log", false)]
    [InlineData("app-1.log", "app-2.log", false)]
    [InlineData("app.log", "app.log2", false)]
    [InlineData("worker1", "worker10", false)]
    public void IsCopyName_OnlyNamesOfRotation(string original, string copy, bool expected) => Assert.Equal(expected, RotationName.IsCopyName(original, copy));

    [Theory]
    [InlineData("/l/app.log", "/l/app.log.1.gz", true)]
    [InlineData("/l/app.log.1", "/l/app.log.2.gz", true)]
    [InlineData("/l/app.log-20261122", "/l/app.log-20261122.gz", true)]
    [InlineData("/l/app.log", "/l/other.log.1.gz", false)]
    [InlineData("/l/app.log", "/m/app.log.1.gz", false)]
    public void IsCompressedName_OfTheSameLog(string original, string compressed, bool expected) =>
        Assert.Equal(expected, RotationName.IsCompressedName(original, compressed));

    public static TheoryData<string, string> Mistakes => new()
    {
        { "none", "paths: expected at least one path, found none" },
        { "stream", "dataStream: a data stream name must be lower case, found 'Logs'" },
        { "zone", "zone: expected a time zone such as Asia/Seoul or UTC, found 'Mars/Base'" },
        { "encoding", "encoding: expected a name such as utf-8 or euc-kr, found 'klingon'" },
        { "lookahead", "multiline.start: expected a pattern without look-around, back references and atomic groups, found '(?=a)'" },
        { "lines", "multiline.maxLines: expected 1 to 100000, found 0" },
        { "quiet", "multiline.quiet: expected more than nothing and at most a minute, found 0 s" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Problems_AMistake_IsOneSentence(string mistake, string expected)
    {
        FileSourceOptions good = new() { Paths = ["/var/log/*.log"] };
        FileSourceOptions bad = mistake switch
        {
            "none" => good with { Paths = [] },
            "stream" => good with { DataStream = "Logs" },
            "zone" => good with { Zone = "Mars/Base" },
            "encoding" => good with { Encoding = "klingon" },
            "lookahead" => good with { Multiline = new() { Start = "(?=a)" } },
            "lines" => good with { Multiline = new() { MaxLines = 0 } },
            _ => good with { Multiline = new() { Quiet = TimeSpan.Zero } },
        };

        Assert.Empty(FileSourceValidator.Problems(good));
        Assert.Equal([expected], FileSourceValidator.Problems(bad));
        Assert.Equal($"'files[1]': {expected}", FileSourceValidator.Problem([good, bad]));
    }
}
