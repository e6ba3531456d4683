using System.Text;
using System.Text.RegularExpressions;
using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Files.Finding;

namespace LogView.Server.Ingest.Files;

/// <summary>Finds what is wrong with a source before anything is read: sentences that name the setting, what was expected and what was found.</summary>
public static class FileSourceValidator
{
    private const int MaxMultilineLines = 100_000;

    static FileSourceValidator() => System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Empty when the source can be followed.</summary>
    public static IReadOnlyList<string> Problems(FileSourceOptions source)
    {
        List<string> problems = [];
        if (source.Paths.Count == 0)
        {
            problems.Add("paths: expected at least one path, found none");
        }

        CheckPatterns("paths", source.Paths, mustBeAbsolute: true, problems);
        CheckPatterns("exclude", source.Exclude, mustBeAbsolute: false, problems);
        if (!DataStreamName.TryParse(source.DataStream, out _, out string? error))
        {
            problems.Add($"dataStream: {error}, found '{source.DataStream}'");
        }

        if (source.Zone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            problems.Add($"zone: expected a time zone such as Asia/Seoul or UTC, found '{zone}'");
        }

        if (!TryEncoding(source.Encoding, out _))
        {
            problems.Add($"encoding: expected a name such as utf-8 or euc-kr, found '{source.Encoding}'");
        }

        CheckMultiline(source.Multiline, problems);
        return problems;
    }

    /// <summary>The first problem of a list of sources as the settings file has it: <c>'files[1]': paths: …</c>; null: none.</summary>
    public static string? Problem(IReadOnlyList<FileSourceOptions> sources)
    {
        for (int i = 0; i < sources.Count; i++)
        {
            if (Problems(sources[i]) is [string problem, ..])
            {
                return $"'files[{i}]': {problem}";
            }
        }

        return null;
    }

    /// <summary>The encoding of a name, code pages of Windows included.</summary>
    public static bool TryEncoding(string name, out Encoding encoding)
    {
        try
        {
            encoding = Encoding.GetEncoding(name);
            return true;
        }
        catch (ArgumentException)
        {
            encoding = Encoding.UTF8;
            return false;
        }
    }

    /// <summary>Linear in the line whatever the pattern; null text gives null.</summary>
    /// <exception cref="ArgumentException">The pattern is not a regular expression.</exception>
    /// <exception cref="NotSupportedException">It needs backtracking.</exception>
    public static Regex? Compile(string? pattern) =>
        pattern is null ? null : new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Timeout.InfiniteTimeSpan);

    private static void CheckPatterns(string setting, IReadOnlyList<string> patterns, bool mustBeAbsolute, List<string> problems)
    {
        if (patterns.Count > FilesLimits.MaxPatterns)
        {
            problems.Add($"{setting}: expected at most {FilesLimits.MaxPatterns} patterns, found {patterns.Count}");
        }

        foreach (string pattern in patterns)
        {
            if (GlobPattern.Problem(pattern, mustBeAbsolute) is { } problem)
            {
                problems.Add($"{setting}: {problem}, found '{pattern}'");
            }
        }
    }

    private static void CheckMultiline(MultilineOptions multiline, List<string> problems)
    {
        CheckRegex("multiline.start", multiline.Start, problems);
        CheckRegex("multiline.continuation", multiline.Continuation, problems);
        if (multiline.MaxLines is < 1 or > MaxMultilineLines)
        {
            problems.Add($"multiline.maxLines: expected 1 to {MaxMultilineLines}, found {multiline.MaxLines}");
        }

        if (multiline.MaxBytes is < 1 or > FilesLimits.MaxLineBytes)
        {
            problems.Add($"multiline.maxBytes: expected 1 to {FilesLimits.MaxLineBytes}, found {multiline.MaxBytes}");
        }

        if (multiline.Quiet <= TimeSpan.Zero || multiline.Quiet > TimeSpan.FromMinutes(1))
        {
            problems.Add($"multiline.quiet: expected more than nothing and at most a minute, found {multiline.Quiet.TotalSeconds} s");
        }
    }

    private static void CheckRegex(string setting, string? pattern, List<string> problems)
    {
        try
        {
            Compile(pattern);
        }
        catch (ArgumentException e)
        {
            problems.Add($"{setting}: {e.Message.TrimEnd('.')}");
        }
        catch (NotSupportedException)
        {
            problems.Add($"{setting}: expected a pattern without look-around, back references and atomic groups, found '{pattern}'");
        }
    }
}
