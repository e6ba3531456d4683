using System.Globalization;

namespace LogView.Server.Platform;

/// <summary>
/// Tells whether volumes have room for more. Looks at most once a second, since it is asked for every request; so it also notices within a second that
/// space is back. Safe for concurrent use.
/// </summary>
/// <param name="files">Tells the free bytes.</param>
/// <param name="volumes">What is on each volume, for people, and a folder of it.</param>
/// <param name="minFreeBytes">Less than this is too little.</param>
/// <param name="clock">Paces the looks.</param>
public sealed class DiskSpace(IFileSystem files, IReadOnlyList<(string What, string Folder)> volumes, long minFreeBytes, TimeProvider clock)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _sync = new();
    private long? _lookedAt;
    private string? _problem;

    /// <summary>Why nothing more should be written, the rest of a sentence; null: there is room, or nobody can tell.</summary>
    public string? Problem
    {
        get
        {
            lock (_sync)
            {
                if (_lookedAt is not { } at || clock.GetElapsedTime(at) >= LookEvery)
                {
                    _lookedAt = clock.GetTimestamp();
                    _problem = Look();
                }

                return _problem;
            }
        }
    }

    private string? Look()
    {
        foreach ((string what, string folder) in volumes)
        {
            if (files.FreeBytes(folder) is { } free && free < minFreeBytes)
            {
                return string.Create(CultureInfo.InvariantCulture, $"the disk of {what} has {free} bytes free, fewer than the {minFreeBytes} that have to stay free");
            }
        }

        return null;
    }
}
