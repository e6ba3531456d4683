using System.Globalization;
using LogView.Client.Discover.Run;
using LogView.Client.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace LogView.Client.Discover.Exporting;

/// <summary>Exports what is shown to a file, with progress, and links that do it again. The browser reads the HTTP API itself: rows do not pass through the page's circuit.</summary>
public partial class ExportMenu : IAsyncDisposable
{
    private static readonly NumberFormatInfo Numbers = CultureInfo.InvariantCulture.NumberFormat;

    private DotNetObjectReference<ExportMenu>? _self;
    private JsModule? _module;
    private Task<IJSObjectReference?>? _exporter;
    private bool _onlyColumns = true;
    private Progress? _progress;
    private int _run;

    /// <summary>The run; null before the first.</summary>
    [Parameter, EditorRequired]
    public RunPlan? Plan { get; set; }

    /// <summary>Hits of the run; null while they are not counted exactly.</summary>
    [Parameter]
    public long? Total { get; set; }

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private IStringLocalizer<DiscoverText> Text { get; set; } = default!;

    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
        {
            await _module.DisposeAsync();
        }

        _self?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The browser tells how far it is.</summary>
    [JSInvokable]
    public void Told(int run, long rows)
    {
        if (run == _run && _progress is { IsOver: false })
        {
            _progress = new Progress(rows, null, null);
            StateHasChanged();
        }
    }

    /// <summary>The browser tells how it ended: <c>done</c>, <c>cancelled</c> or <c>failed</c>. Not as the answer to its start, which would be given up after a minute.</summary>
    [JSInvokable]
    public void End(int run, long rows, string outcome, string? message)
    {
        if (run == _run)
        {
            _progress = new Progress(rows, outcome, message);
            StateHasChanged();
        }
    }

    private string? Link(ExportFormat format) => ExportLink.Of(Plan!, format, _onlyColumns, moves: true);

    /// <summary>One at a time: another one ends the one before.</summary>
    private async Task StartAsync(ExportFormat format)
    {
        bool isCsv = format == ExportFormat.Csv;
        int run = ++_run;
        _progress = new Progress(0, null, null);
        if (_module is null)
        {
            _self ??= DotNetObjectReference.Create(this);
            _module = new JsModule(Js, "Discover/Exporting/ExportMenu.razor.js");
            _exporter = _module.HoldAsync("exporter", "leave", _self).AsTask();
        }

        string url = ExportLink.Of(Plan!, format, _onlyColumns, moves: false)!;
        if (await _exporter! is not { } exporter)
        {
            // The script did not come; the next click asks for it again.
            (_module, _progress) = (null, null);
            return;
        }

        await _module.InvokeVoidAsync("start", exporter, run, url, isCsv ? "logview-export.csv" : "logview-export.ndjson", isCsv);
    }

    private async Task CancelAsync()
    {
        if (_exporter is not null)
        {
            await _module!.InvokeVoidAsync("cancel", await _exporter);
        }
    }

    private string Words(Progress progress)
    {
        string rows = progress.Rows.ToString("N0", Numbers);
        return progress.Outcome switch
        {
            null => Total is { } total ? Text["{0} of {1} rows…", rows, total.ToString("N0", Numbers)] : Text["{0} rows…", rows],
            "done" => Text["Exported {0} rows", rows],
            "cancelled" => Text["Cancelled after {0} rows: nothing was saved", rows],
            _ => Text["Broke off after {0} rows, nothing was saved: {1}", rows, progress.Message ?? ""],
        };
    }

    private sealed record Progress(long Rows, string? Outcome, string? Message)
    {
        public bool IsOver => Outcome is not null;
    }
}
