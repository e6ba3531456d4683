using LogView.Client.Contracts.Search;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace LogView.Client.Discover.Detail;

/// <summary>The lines before and after an event, from the same host, file, container or trace.</summary>
public partial class ContextTab : IDisposable
{
    private const int Step = 20;

    /// <summary>Neighbours on one side; who needs more searches.</summary>
    private const int Most = 200;

    private CancellationTokenSource? _loading;
    private Hit? _hit;
    private IReadOnlyList<ContextScope> _scopes = [];
    private ContextScope _scope = new("Data stream", []);
    private ContextResult? _result;
    private SearchProblem? _problem;
    private bool _isLoading;
    private int _before = Step;
    private int _after = Step;

    [Parameter, EditorRequired]
    public Hit Hit { get; set; } = default!;

    [Parameter, EditorRequired]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [Parameter, EditorRequired]
    public ContextLoader Load { get; set; } = default!;

    [Inject]
    private IStringLocalizer<DiscoverText> Text { get; set; } = default!;

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

        _hit = Hit;
        string label = _scope.Label;
        _scopes = ContextScope.Of(Hit);
        _scope = _result is null ? ContextScope.Default(_scopes) : _scopes.FirstOrDefault(s => string.Equals(s.Label, label, StringComparison.Ordinal)) ?? ContextScope.Default(_scopes);
        (_before, _after) = (Step, Step);
        return LoadAsync();
    }

    private Task SetScopeAsync(string? label)
    {
        _scope = _scopes.FirstOrDefault(s => string.Equals(s.Label, label, StringComparison.Ordinal)) ?? _scope;
        (_before, _after) = (Step, Step);
        return LoadAsync();
    }

    private Task MoreAsync(bool before)
    {
        (_before, _after) = before ? (Math.Min(Most, _before + Step), _after) : (_before, Math.Min(Most, _after + Step));
        return LoadAsync();
    }

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
            var request = new ContextRequest(Hit.Event.DataStream, Hit.Event.Id, _before, _after, _scope.Request(Hit));
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
