using LogView.Client.Contracts.Search;
using LogView.Client.Discover.State;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace LogView.Client.Discover.Detail;

/// <summary>The lines before and after an event, so many or so far in time, from the same host, file, container or trace, or any.</summary>
public partial class ContextTab : IDisposable
{
    private const int Step = 20;

    /// <summary>Neighbours loaded at first on one side when a time is chosen.</summary>
    private const int FirstOfTime = 100;

    /// <summary>Neighbours on one side; who needs more searches.</summary>
    private const int Most = 1_000;

    private CancellationTokenSource? _loading;
    private Hit? _hit;
    private IReadOnlyList<ContextScope> _scopes = [];
    private ContextScope _scope = new("stream", "Data stream", []);
    private string? _within;
    private ContextResult? _result;
    private SearchProblem? _problem;
    private bool _isLoading;
    private int _before = Step;
    private int _after = Step;

    [Parameter, EditorRequired]
    public Hit Hit { get; set; } = default!;

    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>Times are said in it besides.</summary>
    [Parameter]
    public TimeZoneInfo OtherZone { get; set; } = TimeZoneInfo.Utc;

    [Parameter, EditorRequired]
    public ContextLoader Load { get; set; } = default!;

    /// <summary>What is chosen at first; null: the usual.</summary>
    [Parameter]
    public ContextChoice? First { get; set; }

    /// <summary>Somebody chose otherwise. Without it a link leads to the page of its own.</summary>
    [Parameter]
    public EventCallback<ContextChoice> OnChoose { get; set; }

    /// <summary>The lines are to be shown in the table, around the event's row. Without it nothing offers that.</summary>
    [Parameter]
    public EventCallback<Hit> OnInline { get; set; }

    [Inject]
    private IStringLocalizer<DiscoverText> Text { get; set; } = default!;

    private ContextChoice Choice => new(new EventLink(Hit.Event.DataStream, Hit.Event.Id), _scope.Name, _within, Zone.Id);

    public void Dispose()
    {
        _loading?.Cancel();
        _loading?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override Task OnParametersSetAsync()
    {
        if (ReferenceEquals(_hit, Hit))
        {
            return Task.CompletedTask;
        }

        bool isFirst = _hit is null;
        _hit = Hit;
        _scopes = ContextScope.Of(Hit);
        _scope = ContextScope.Named(_scopes, isFirst ? First?.Scope : _scope.Name) ?? ContextScope.Default(_scopes);
        _within = isFirst ? First?.Within : _within;
        return StartAsync();
    }

    private async Task ChooseAsync(string? scope, string? within)
    {
        _scope = ContextScope.Named(_scopes, scope) ?? _scope;
        _within = within is not null && ContextChoice.Times.Contains(within, StringComparer.Ordinal) ? within : null;
        await OnChoose.InvokeAsync(Choice);
        await StartAsync();
    }

    private Task StartAsync()
    {
        _before = _after = _within is null ? Step : FirstOfTime;
        return LoadAsync();
    }

    private Task MoreAsync(bool before)
    {
        (_before, _after) = before ? (Math.Min(Most, _before + Step), _after) : (_before, Math.Min(Most, _after + Step));
        return LoadAsync();
    }

    private string Nothing(string key) => _within is null ? Text[key] : Text["Nothing more within {0}", _within];

    private async Task LoadAsync()
    {
        if (_loading is not null)
        {
            await _loading.CancelAsync();
            _loading.Dispose();
        }

        _loading = new CancellationTokenSource();
        CancellationToken token = _loading.Token;
        _isLoading = true;
        try
        {
            var request = new ContextRequest(Hit.Event.DataStream, Hit.Event.Id, _before, _after, _scope.Request(Hit)) { Span = Choice.Span };
            ContextOutcome outcome = await Load(request, token);
            if (!token.IsCancellationRequested)
            {
                (_result, _problem, _isLoading) = (outcome.Result ?? _result, outcome.Problem, false);
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // A newer load, or nobody looks any more.
            return;
        }
    }
}
