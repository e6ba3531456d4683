using System.Globalization;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Health;
using Microsoft.AspNetCore.Components;

namespace LogView.Client.Admin;

/// <summary>Followed files; those that cannot be read first, then those that are furthest behind.</summary>
public partial class FileTable
{
    /// <summary>Rows drawn again every few seconds.</summary>
    private const int MaxShown = 200;

    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    [Parameter, EditorRequired]
    public IReadOnlyList<FollowedFile> Files { get; set; } = [];

    private IEnumerable<FollowedFile> Shown =>
        Files.OrderByDescending(f => f.Error is not null).ThenByDescending(f => f.LagBytes).ThenBy(f => f.Path, StringComparer.Ordinal).Take(MaxShown);

    private static string StateWords(string state) => state switch
    {
        "following" => "followed",
        "leaving" => "renamed or deleted, read to its end",
        "done" => "read to its end",
        "binary" => "not text",
        _ => "cannot be read",
    };

    private static string Moment(Timestamp at) => at.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Bytes(long bytes)
    {
        double shown = bytes;
        int unit = 0;
        while (shown >= 1000 && unit < Units.Length - 1)
        {
            (shown, unit) = (shown / 1000, unit + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(unit == 0 || shown >= 100 ? shown.ToString("0", CultureInfo.InvariantCulture) : shown.ToString("0.0", CultureInfo.InvariantCulture))} {Units[unit]}");
    }
}
