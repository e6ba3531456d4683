using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Run;

namespace LogView.Client.Discover.Patterns;

/// <summary>Reads the patterns of a search; <paramref name="progress"/> may be called from any thread.</summary>
public delegate Task<PatternOutcome> PatternLoader(PatternRequest request, IProgress<PatternList> progress, CancellationToken cancellationToken);

/// <summary>One reading of patterns at a time: a new one ends the one before.</summary>
/// <param name="changed">May be called from any thread.</param>
internal sealed class PatternLoad(Action changed) : IDisposable
{
    private readonly Lock _lock = new();
    private CancellationTokenSource _reading = new();
    private bool _isOver;

    public Load<PatternList> State { get; private set; } = Load<PatternList>.Idle;

    /// <summary>Ends when everything was read, or it failed or was cancelled. What is shown meanwhile is of this reading only.</summary>
    public Task ReadAsync(PatternLoader load, PatternRequest request) => ReadAsync(load, request, _ => new Load<PatternList>(LoadStatus.Loading));

    /// <summary>The same of more events of the same run: what is known stays until more is.</summary>
    public Task ReadMoreAsync(PatternLoader load, PatternRequest request) => ReadAsync(load, request, s => s.Started());

    private async Task ReadAsync(PatternLoader load, PatternRequest request, Func<Load<PatternList>, Load<PatternList>> start)
    {
        CancellationToken token = Begin();
        Set(start, token);
        try
        {
            PatternOutcome outcome = await load(request, new Reports(list => Set(s => s.IsLoading && list.Events >= (s.Value?.Events ?? 0) ? s.SoFar(list) : s, token)), token);
            Set(_ => Load<PatternList>.Of(outcome.Result, outcome.Problem), token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // A newer reading took over, or nobody looks any more.
            return;
        }
    }

    /// <summary>Stops; what was read stays.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            _reading.Cancel();
            State = State.Cancelled();
        }

        changed();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
            _reading.Cancel();
            _reading.Dispose();
        }
    }

    private CancellationToken Begin()
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return new CancellationToken(canceled: true);
            }

            _reading.Cancel();
            _reading.Dispose();
            _reading = new CancellationTokenSource();
            return _reading.Token;
        }
    }

    private void Set(Func<Load<PatternList>, Load<PatternList>> change, CancellationToken token)
    {
        lock (_lock)
        {
            if (token.IsCancellationRequested)
            {
                return;
            }

            State = change(State);
        }

        changed();
    }

    /// <summary>Reports at once, so that nothing arrives after the end.</summary>
    private sealed class Reports(Action<PatternList> report) : IProgress<PatternList>
    {
        public void Report(PatternList value) => report(value);
    }
}
