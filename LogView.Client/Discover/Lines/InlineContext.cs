using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Detail;
using LogView.Client.Discover.Rows;

namespace LogView.Client.Discover.Lines;

/// <summary>
/// The lines around one event of the result, shown in the table around its row: a line that says what they are, those above, the row itself, those below, and a line to go on. They
/// stand in the direction of the table. One per page; to be used on the page's thread.
/// </summary>
public sealed class InlineContext(ContextLoader load) : IDisposable
{
    /// <summary>Neighbours on one side at first.</summary>
    public const int FirstLines = 10;

    /// <summary>As many more at once.</summary>
    public const int Step = 20;

    /// <summary>Neighbours on one side; who needs more searches.</summary>
    public const int Most = 1_000;

    private CancellationTokenSource _loading = new();
    private int _before = FirstLines;
    private int _after = FirstLines;
    private ContextResult? _result;
    private bool _isNewestFirst;
    private (LoadedRows? Rows, int Position) _place;

    /// <summary>The event in the middle; null: closed.</summary>
    public Hit? Around { get; private set; }

    /// <summary>Whose lines may be shown.</summary>
    public IReadOnlyList<ContextScope> Scopes { get; private set; } = [];

    /// <summary>Whose lines are.</summary>
    public ContextScope? Scope { get; private set; }

    public bool IsLoading { get; private set; }

    public SearchProblem? Problem { get; private set; }

    /// <summary>There may be more above.</summary>
    public bool MayGoUp => MayGoOn(isBefore: !_isNewestFirst);

    /// <summary>There may be more below.</summary>
    public bool MayGoDown => MayGoOn(isBefore: _isNewestFirst);

    private IReadOnlyList<Hit> Above => _result is not { } r ? [] : _isNewestFirst ? [.. r.After.Reverse()] : r.Before;

    private IReadOnlyList<Hit> Below => _result is not { } r ? [] : _isNewestFirst ? [.. r.Before.Reverse()] : r.After;

    /// <summary>Shows the lines around an event, or others than are shown now. Ends when they are here, or another call took over.</summary>
    public Task ShowAsync(Hit hit)
    {
        (Around, Scopes, _result, _before, _after, _place) = (hit, ContextScope.Of(hit), null, FirstLines, FirstLines, default);
        Scope = ContextScope.Named(Scopes, Scope?.Name) ?? ContextScope.Default(Scopes);
        return LoadAsync();
    }

    /// <summary>Shows the lines of another scope.</summary>
    public Task ChooseAsync(string? scope)
    {
        Scope = ContextScope.Named(Scopes, scope) ?? Scope;
        (_before, _after) = (FirstLines, FirstLines);
        return LoadAsync();
    }

    public Task GoOnAsync(bool up)
    {
        (_before, _after) = up == _isNewestFirst ? (_before, Math.Min(Most, _after + Step)) : (Math.Min(Most, _before + Step), _after);
        return LoadAsync();
    }

    public void Close()
    {
        _loading.Cancel();
        (Around, _result, Problem, IsLoading) = (null, null, null, false);
    }

    /// <summary>Where they stand in the table; null while the event's row is not here.</summary>
    public InsertedLines? In(LoadedRows rows, SortField sort)
    {
        _isNewestFirst = sort.IsByTime && sort.Order == SortOrder.Desc;
        if (!ReferenceEquals(_place.Rows, rows))
        {
            _place = (rows, rows.IndexOf(Around));
        }

        return Around is null || _place.Position < 0 ? null : new InsertedLines(_place.Position, 1 + Above.Count, Below.Count + 1);
    }

    /// <summary>The event of one of the inserted lines; null for the first and the last one, which say what they are.</summary>
    public Hit? HitAt(int inserted)
    {
        int above = Above.Count;
        int below = inserted - 1 - above;
        return inserted >= 1 && inserted <= above ? Above[inserted - 1] : below >= 0 && below < Below.Count ? Below[below] : null;
    }

    public void Dispose()
    {
        _loading.Cancel();
        _loading.Dispose();
    }

    private bool MayGoOn(bool isBefore) =>
        _result is { } r && (isBefore ? r.Before.Count == _before && _before < Most : r.After.Count == _after && _after < Most);

    private async Task LoadAsync()
    {
        await _loading.CancelAsync();
        _loading.Dispose();
        _loading = new CancellationTokenSource();
        CancellationToken token = _loading.Token;
        Hit hit = Around!;
        IsLoading = true;
        try
        {
            ContextOutcome outcome = await load(new ContextRequest(hit.Event.DataStream, hit.Event.Id, _before, _after, Scope!.Request(hit)), token);
            if (!token.IsCancellationRequested)
            {
                (_result, Problem, IsLoading) = (outcome.Result ?? _result, outcome.Problem, false);
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Other lines were asked for, or none any more.
            return;
        }
    }
}
