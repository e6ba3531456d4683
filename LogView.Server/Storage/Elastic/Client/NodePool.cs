namespace LogView.Server.Storage.Elastic.Client;

/// <summary>
/// Which node to ask next: in turn, leaving out those that failed lately, for longer each time they fail again. When all failed, the one whose
/// pause ends first is tried. Safe for concurrent use.
/// </summary>
internal sealed class NodePool(IReadOnlyList<Uri> nodes, TimeProvider clock)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly State[] _states = [.. nodes.Select(n => new State(n))];
    private int _next;

    public int Count => _states.Length;

    public Uri Next()
    {
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            for (int i = 0; i < _states.Length; i++)
            {
                State state = _states[(_next + i) % _states.Length];
                if (state.PausedUntil <= now)
                {
                    _next = (_next + i + 1) % _states.Length;
                    return state.Node;
                }
            }

            return _states.MinBy(s => s.PausedUntil)!.Node;
        }
    }

    public void Answered(Uri node)
    {
        lock (_lock)
        {
            State state = Of(node);
            (state.Failures, state.PausedUntil) = (0, DateTimeOffset.MinValue);
        }
    }

    public void Failed(Uri node)
    {
        lock (_lock)
        {
            State state = Of(node);
            TimeSpan pause = FirstPause * Math.Pow(2, Math.Min(state.Failures, 10));
            state.Failures++;
            state.PausedUntil = clock.GetUtcNow() + (pause < LongestPause ? pause : LongestPause);
        }
    }

    private State Of(Uri node) => Array.Find(_states, s => s.Node == node)!;

    private sealed class State(Uri node)
    {
        public Uri Node => node;

        public int Failures { get; set; }

        public DateTimeOffset PausedUntil { get; set; }
    }
}
