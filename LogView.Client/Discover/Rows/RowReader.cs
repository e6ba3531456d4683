using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Run;

namespace LogView.Client.Discover.Rows;

/// <summary>
/// Reads the rows of one run that somebody looks at: one question to the store at a time, for what is on screen now; a question for what was scrolled past is cancelled.
/// </summary>
/// <param name="plan">Of the run.</param>
/// <param name="search">Asks the store; null when it was cancelled.</param>
/// <param name="changed">Rows came, or could not be read; called from any thread.</param>
internal sealed class RowReader(RunPlan plan, Func<SearchRequest, CancellationToken, Task<SearchOutcome?>> search, Action<SearchOutcome> changed)
{
    private readonly Lock _lock = new();
    private (int First, int Count) _wanted = (0, RunPlan.FirstPage);
    private TaskCompletionSource? _reading;
    private (int Position, CancellationTokenSource Cancel)? _asked;

    public RowBook Book { get; } = new(plan.State.Sort, plan.From, plan.To);

    public LoadedRows Rows => Book.Take(_wanted.First, _wanted.Count);

    /// <summary>These rows are looked at. Ends when they are here (or those that another call asked for since), or could not be read.</summary>
    public Task WantAsync(int first, int count, CancellationToken token)
    {
        lock (_lock)
        {
            _wanted = (first, count);
            if (_asked is { } asked && (asked.Position < first || asked.Position >= first + count))
            {
                asked.Cancel.Cancel();
            }

            if (_reading is not null)
            {
                return _reading.Task;
            }

            _reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return ReadAsync(token);
    }

    /// <summary>Where the first row at or behind an instant stands; null when that could not be found out.</summary>
    public async Task<int?> FindAsync(Timestamp instant, CancellationToken token)
    {
        while (true)
        {
            (int? position, RowTask? task) = Book.Find(instant);
            if (task is null)
            {
                return position;
            }

            if (token.IsCancellationRequested || !await AskAsync(task, token))
            {
                return null;
            }
        }
    }

    private async Task ReadAsync(CancellationToken token)
    {
        bool isWell = true;
        try
        {
            while (NextTask(isWell, token) is { } task)
            {
                isWell = await DoAsync(task, token);
            }
        }
        catch
        {
            NextTask(isWell: false, token);
            throw;
        }
    }

    /// <summary>Null: all is here, or cannot be had; from then on another call reads.</summary>
    private RowTask? NextTask(bool isWell, CancellationToken token)
    {
        lock (_lock)
        {
            RowTask? task = token.IsCancellationRequested || !isWell ? null : Book.Next(_wanted.First, _wanted.Count);
            if (task is null)
            {
                _reading?.SetResult();
                _reading = null;
            }

            return task;
        }
    }

    /// <summary>False when it failed: it is tried again when somebody scrolls.</summary>
    private async Task<bool> DoAsync(RowTask task, CancellationToken token)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(token);
        lock (_lock)
        {
            _asked = (task.Position, cancel);
        }

        try
        {
            return await AskAsync(task, cancel.Token);
        }
        finally
        {
            lock (_lock)
            {
                _asked = null;
            }
        }
    }

    private async Task<bool> AskAsync(RowTask task, CancellationToken token)
    {
        SearchRequest request = task.Read is { } read
            ? plan.HitsIn(task.Stretch.From, task.Stretch.To, read.Cursor, read.IsKept ? read.Size : 1) with { Skip = read.IsKept ? 0 : read.Size - 1 }
            : plan.CountsIn(task.Stretch.From, task.Stretch.To, task.Stretch.IsCounted ? Math.Clamp(task.Stretch.Count / RowLimits.PageSize, 2, RowLimits.MaxParts) : RowLimits.MaxParts);
        SearchOutcome? outcome = await search(request, token);
        if (outcome?.Result is { } result)
        {
            if (task.Read is null)
            {
                Book.Put(task, HistogramData.Counts(result, RunPlan.OverTime));
            }
            else
            {
                Book.Put(task, result.Hits, result.Next);
            }
        }

        if (outcome is not null)
        {
            changed(outcome);
        }

        return outcome?.Problem is null;
    }
}
