using LogView.Client.Contracts.Query;
using LogView.Client.Language;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace LogView.Client.Shared.Querying;

/// <summary>
/// Where a query is typed. The text lives in the browser while it is typed, so that no key waits for the network; a pause in typing
/// reports it, Enter runs it. Its parameters name no editor.
/// </summary>
public partial class QueryBox : IAsyncDisposable
{
    /// <summary>Runs that the page has not come back with yet. Nobody presses Enter faster.</summary>
    private const int MaxAwaited = 8;

    private readonly string _id = "query-" + Guid.NewGuid().ToString("N")[..8];
    private ElementReference _root;
    private JsModule? _module;
    private IJSObjectReference? _editor;
    private DotNetObjectReference<QueryBox>? _self;
    private CancellationTokenSource? _completing;
    private string _initial = "";
    private string _inBrowser = "";
    private string? _lastText;
    private readonly Queue<string> _ran = new();
    private QueryError? _paintedError;

    /// <summary>The query. A new value replaces what is typed.</summary>
    [Parameter]
    public string Text { get; set; } = "";

    /// <summary>The typed text, after a pause in typing.</summary>
    [Parameter]
    public EventCallback<string> TextChanged { get; set; }

    /// <summary>Enter was pressed, or a suggested fix taken. Never while an input method composes.</summary>
    [Parameter]
    public EventCallback<string> OnRun { get; set; }

    /// <summary>Underlined at its place and explained below.</summary>
    [Parameter]
    public QueryError? Error { get; set; }

    [Parameter]
    public QueryOfferProvider? Completions { get; set; }

    /// <summary>What the query is written in.</summary>
    [Parameter]
    public QueryLanguage Language { get; set; }

    [Parameter]
    public string? Placeholder { get; set; }

    [Parameter]
    public string? Label { get; set; }

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private IStringLocalizer<SharedText> Strings { get; set; } = default!;

    [JSInvokable]
    public Task Typed(string text)
    {
        _inBrowser = text;
        return TextChanged.InvokeAsync(text);
    }

    /// <summary>True when the text is a query: only those are worth remembering. The answer does not wait for the page, which may take its time.</summary>
    [JSInvokable]
    public bool Run(string text)
    {
        _inBrowser = text;
        bool isQuery = QueryParser.Parse(text, Language).Error is null;
        if (isQuery && !text.AsSpan().Trim().SequenceEqual(Text))
        {
            _ran.Enqueue(text.Trim());
            _ = _ran.Count > MaxAwaited ? _ran.Dequeue() : null;
        }

        _ = RunAsync(text);
        return isQuery;
    }

    [JSInvokable]
    public async Task<IReadOnlyList<QueryOffer>> Complete(string text, int caret)
    {
        if (Completions is null)
        {
            return [];
        }

        if (_completing is not null)
        {
            await _completing.CancelAsync();
        }

        _completing = new CancellationTokenSource();
        try
        {
            return await Completions(text, caret, Language, _completing.Token);
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }

    /// <summary>What is typed now, reported or not.</summary>
    public async Task<string> ReadAsync()
    {
        if (_module is not null && _editor is not null)
        {
            _inBrowser = await _module.InvokeAsync<string>("read", _editor) ?? _inBrowser;
        }

        return _inBrowser;
    }

    public async ValueTask DisposeAsync()
    {
        _completing?.Dispose();
        if (_module is not null)
        {
            await _module.DisposeAsync();
        }

        _self?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized() => _initial = _inBrowser = _lastText = Text;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = new JsModule(Js, "Shared/Querying/QueryBox.razor.js");
            _editor = await _module.InvokeAsync<IJSObjectReference>("attach", _root, _self, _initial);
        }

        if (_module is null || _editor is null)
        {
            return;
        }

        if (!string.Equals(Text, _lastText, StringComparison.Ordinal))
        {
            _lastText = Text;
            if (!IsEcho(Text.Trim()) && !Text.AsSpan().Trim().SequenceEqual(_inBrowser.AsSpan().Trim()))
            {
                await WriteAsync(Text, known: _inBrowser);
            }
        }

        if (!Equals(Error, _paintedError))
        {
            _paintedError = Error;
            await _module.InvokeVoidAsync("underline", _editor, Error?.Offset ?? -1, Error?.Length ?? 0);
        }
    }

    /// <summary>
    /// The page comes back with what was run here, perhaps long after: by then something else may stand in the box, and that stays.
    /// </summary>
    private bool IsEcho(string text)
    {
        if (!_ran.Contains(text))
        {
            return false;
        }

        while (!_ran.Dequeue().Equals(text, StringComparison.Ordinal))
        {
            // Runs before this one were overtaken.
        }

        return true;
    }

    private async Task RunAsync(string text)
    {
        try
        {
            await OnRun.InvokeAsync(text);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private async Task AddClauseAsync(string clause)
    {
        if (_module is not null && _editor is not null)
        {
            await _module.InvokeVoidAsync("addClause", _editor, clause);
        }
    }

    private async Task TakeAsync(string text)
    {
        await WriteAsync(text, known: null);
        Run(text);
    }

    /// <summary>Replaces the text in the browser, if it is still <paramref name="known"/>: what was typed since wins. Null: whatever it is.</summary>
    private async Task WriteAsync(string text, string? known)
    {
        if (_module is not null && _editor is not null)
        {
            _inBrowser = text;
            await _module.InvokeVoidAsync("write", _editor, text, known);
        }
    }
}
