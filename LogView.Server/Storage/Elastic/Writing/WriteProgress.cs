using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LogView.Server.Platform;

namespace LogView.Server.Storage.Elastic.Writing;

/// <summary>
/// Which LogView this is and how far the write-ahead log has been sent, in a small file. Losing it costs a repeat of what the log still holds, which
/// the cluster recognises by the ids. Format: <c>1 WRITER SEQUENCE</c>, a checksum, a line break.
/// </summary>
internal sealed class WriteProgress
{
    private const string Version = "1";

    private readonly string _directory;
    private readonly IFileSystem _files;
    private long _sequence;

    private WriteProgress(string directory, IFileSystem files, string writer, long sequence) =>
        (_directory, _files, Writer, _sequence) = (directory, files, writer, sequence);

    /// <summary>There was no file: the log may hold what is in the cluster already.</summary>
    public bool IsNew { get; private init; }

    /// <summary>Eight letters, made at random when the folder was new.</summary>
    public string Writer { get; }

    public long Sequence => Volatile.Read(ref _sequence);

    public static WriteProgress Open(string directory, IFileSystem files)
    {
        files.CreateDirectory(directory);
        (string Writer, long Sequence)? read = Read(directory, files);
        (string writer, long sequence) = read ?? (Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)), 0);
        WriteProgress progress = new(directory, files, writer, sequence) { IsNew = read is null };
        progress.Save(sequence);
        return progress;
    }

    /// <summary>Everything up to here is in the cluster.</summary>
    public void Advance(long sequence)
    {
        if (sequence > _sequence)
        {
            Save(sequence);
            Volatile.Write(ref _sequence, sequence);
        }
    }

    private void Save(long sequence)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{Version} {Writer} {sequence}");
        byte[] bytes = Encoding.ASCII.GetBytes($"{text} {Sum(text)}\n");
        _files.ReplaceDurably(Path.Combine(_directory, FileNames.ElasticProgress), bytes);
    }

    private static (string Writer, long Sequence)? Read(string directory, IFileSystem files)
    {
        if (!files.ListFiles(directory).Contains(FileNames.ElasticProgress, StringComparer.Ordinal))
        {
            return null;
        }

        string text = Encoding.ASCII.GetString(files.ReadAll(Path.Combine(directory, FileNames.ElasticProgress)));
        string[] parts = text.TrimEnd('\n').Split(' ');
        return parts is [Version, var writer, var sequence, var sum] && sum.Equals(Sum($"{Version} {writer} {sequence}"), StringComparison.Ordinal)
            && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? (writer, number) : null;
    }

    private static string Sum(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)))[..8];
}
