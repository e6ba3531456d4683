using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Search;

namespace LogView.Server.Tail;

/// <summary>Keeps the number of open subscriptions within <see cref="TailLimits"/>. Safe for concurrent use.</summary>
public sealed class TailAdmission
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _byViewer = new(StringComparer.Ordinal);
    private int _total;

    /// <summary>Null with a problem when a limit is reached; otherwise a place that is given back by disposing it.</summary>
    public IDisposable? TryEnter(Viewer viewer, out SearchProblem? problem)
    {
        lock (_lock)
        {
            int own = _byViewer.GetValueOrDefault(viewer.Name);
            problem = Problem(viewer, own);
            if (problem is not null)
            {
                return null;
            }

            _byViewer[viewer.Name] = own + 1;
            _total++;
        }

        TailMetrics.Subscriptions.Add(1);
        return new Place(this, viewer.Name);
    }

    private SearchProblem? Problem(Viewer viewer, int own)
    {
        if (!viewer.May(Rights.Search))
        {
            return new SearchProblem(SearchProblemKind.Forbidden, "The live tail needs the right to search");
        }

        if (own >= TailLimits.SubscriptionsPerViewer)
        {
            return new SearchProblem(
                SearchProblemKind.Unavailable, $"{viewer.Name} already has {TailLimits.SubscriptionsPerViewer} live tails open: close one");
        }

        return _total < TailLimits.Subscriptions
            ? null
            : new SearchProblem(SearchProblemKind.Unavailable, $"{TailLimits.Subscriptions} live tails are open, which is all LogView allows");
    }

    private void Leave(string viewer)
    {
        lock (_lock)
        {
            _total--;
            if (--_byViewer[viewer] == 0)
            {
                _byViewer.Remove(viewer);
            }
        }

        TailMetrics.Subscriptions.Add(-1);
    }

    private sealed class Place(TailAdmission owner, string viewer) : IDisposable
    {
        private TailAdmission? _owner = owner;

        public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Leave(viewer);
    }
}
