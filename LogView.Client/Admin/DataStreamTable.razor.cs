using System.Globalization;
using LogView.Client.Contracts.DataStreams;
using LogView.Client.Contracts.Events;
using Microsoft.AspNetCore.Components;

namespace LogView.Client.Admin;

/// <summary>One row per data stream; below it, one at a time, the form for its retention or for its deletion.</summary>
public partial class DataStreamTable
{
    private const double BytesPerGigabyte = 1e9;

    private (string Name, bool IsDelete)? _open;
    private string? _days;
    private string? _gigabytes;
    private string? _typed;
    private string? _wrong;

    [Parameter, EditorRequired]
    public DataStreamList List { get; set; } = null!;

    [Parameter]
    public bool MayManage { get; set; }

    /// <summary>Why the last change was not made.</summary>
    [Parameter]
    public string? Problem { get; set; }

    [Parameter]
    public EventCallback<(DataStreamName Name, Retention? Retention)> OnRetention { get; set; }

    [Parameter]
    public EventCallback<DataStreamName> OnDelete { get; set; }

    private static string Moment(Timestamp? at) => at?.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "–";

    private static string? Number(double? value) => value?.ToString("0.###", CultureInfo.InvariantCulture);

    private string Kept(DataStreamStatus stream)
    {
        string age = stream.Retention.Age is { } a ? DurationText.Format(a) : "";
        string size = stream.Retention.Bytes is { } b ? ByteText.Bytes(b) : "";
        string kept = age.Length + size.Length == 0 ? Text["everything"] : string.Join(", ", new[] { age, size }.Where(t => t.Length > 0));
        return stream.ManagedBy is { } keeper ? Text["by the cluster ({0})", keeper] : !List.KeepsRetention ? "–" : stream.IsRetentionOwn ? kept : Text["{0} (default)", kept];
    }

    private bool IsOpen(string name, bool isDelete) => _open == (name, isDelete);

    private void Open(DataStreamStatus stream, bool isDelete)
    {
        bool close = IsOpen(stream.Info.Name.Value, isDelete);
        _open = close ? null : (stream.Info.Name.Value, isDelete);
        (_typed, _wrong) = (null, null);
        _days = Number(stream.Retention.Age?.TotalDays);
        _gigabytes = Number(stream.Retention.Bytes / BytesPerGigabyte);
    }

    private void Close() => _open = null;

    private async Task SaveAsync(DataStreamStatus stream)
    {
        (bool isDays, double? days) = Read(_days);
        (bool isSize, double? gigabytes) = Read(_gigabytes);
        var retention = new Retention(days is { } d and < 1e6 ? TimeSpan.FromDays(d) : null, gigabytes is { } g ? (long)(g * BytesPerGigabyte) : null);
        _wrong = !isDays || !isSize || days >= 1e6 ? Text["Expected a number such as 30 or 0.5, or nothing."] : retention.Problem;
        if (_wrong is null)
        {
            await OnRetention.InvokeAsync((stream.Info.Name, retention));
            Close();
        }
    }

    private async Task ResetAsync(DataStreamStatus stream)
    {
        await OnRetention.InvokeAsync((stream.Info.Name, null));
        Close();
    }

    private async Task DeleteAsync(DataStreamStatus stream)
    {
        if (string.Equals(_typed, stream.Info.Name.Value, StringComparison.Ordinal))
        {
            await OnDelete.InvokeAsync(stream.Info.Name);
            Close();
        }
    }

    private static (bool IsGood, double? Number) Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return (true, null);
        }

        bool isNumber = double.TryParse(text.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
        return (isNumber && number < 1e9, number);
    }
}
