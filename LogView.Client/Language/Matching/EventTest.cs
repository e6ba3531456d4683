using LogView.Client.Contracts.Events;

namespace LogView.Client.Language.Matching;

/// <summary>Does one event match? A compiled query node.</summary>
internal abstract class EventTest
{
    /// <summary>Rough work per event, to try cheap clauses first.</summary>
    public abstract int Cost { get; }

    public abstract bool Matches(LogEvent logEvent);

    public sealed class Constant(bool value) : EventTest
    {
        public override int Cost => 0;

        public override bool Matches(LogEvent logEvent) => value;
    }

    public sealed class All(IEnumerable<EventTest> tests) : EventTest
    {
        private readonly EventTest[] _tests = [.. tests.OrderBy(t => t.Cost)];

        public override int Cost => _tests.Sum(t => t.Cost);

        public override bool Matches(LogEvent logEvent)
        {
            foreach (EventTest test in _tests)
            {
                if (!test.Matches(logEvent))
                {
                    return false;
                }
            }

            return true;
        }
    }

    public sealed class AnyOf(IEnumerable<EventTest> tests) : EventTest
    {
        private readonly EventTest[] _tests = [.. tests.OrderBy(t => t.Cost)];

        public override int Cost => _tests.Sum(t => t.Cost);

        public override bool Matches(LogEvent logEvent)
        {
            foreach (EventTest test in _tests)
            {
                if (test.Matches(logEvent))
                {
                    return true;
                }
            }

            return false;
        }
    }

    public sealed class Not(EventTest test) : EventTest
    {
        public override int Cost => test.Cost;

        public override bool Matches(LogEvent logEvent) => !test.Matches(logEvent);
    }

    /// <summary>The event's own instant, without reading its text.</summary>
    public sealed class Instant(Timestamp first, Timestamp last) : EventTest
    {
        public override int Cost => 1;

        public override bool Matches(LogEvent logEvent) => logEvent.Timestamp >= first && logEvent.Timestamp <= last;
    }
}
