using CsCheck;
using LogView.Client.Contracts.Events;
using LogView.Server.Wal;
using LogView.Tests.Platform;
using LogView.Tests.Testing;

namespace LogView.Tests.Wal;

public sealed class WalProperties
{
    private static readonly Gen<LogEvent> Event = Gen.Select(Gen.String, Gen.String[1, 40], Gen.Bool, Gen.Long, Gen.Int[0, 2]).Select(
        (text, id, isGiven, time, stream) => new LogEvent
        {
            Id = new EventId(id), IsIdGiven = isGiven, DataStream = DataStreamName.Parse($"logs-{stream}"), Timestamp = new Timestamp(time),
            Source = System.Text.Encoding.UTF8.GetBytes(text), Derived = System.Text.Encoding.UTF8.GetBytes(isGiven ? text : ""),
        });

    /// <summary>Between the appends the log is closed and opened again now and then.</summary>
    private static readonly Gen<(LogEvent[] Events, bool Reopen)[]> History = Gen.Select(Event.Array[1, 12], Gen.Bool).Array[0, 12];

    [Fact]
    public async Task Replay_AnyHistory_IsWhatWasAcknowledged() => await History.SampleAsync(
        async history =>
        {
            var fixture = new WalFixture(new FaultyFileSystem());
            WriteAheadLog log = fixture.Open();
            var acknowledged = new List<LogEvent>();
            foreach ((LogEvent[] events, bool reopen) in history)
            {
                AppendResult result = await log.AppendAsync(events, TestContext.Current.CancellationToken);
                acknowledged.AddRange(events.Where((_, i) => result.Statuses[i] == AppendStatus.Stored));
                if (reopen)
                {
                    log.Dispose();
                    log = fixture.Open();
                }
            }

            log.Dispose();
            using WriteAheadLog last = fixture.Open();
            List<LogEvent> replayed = await WalFixture.ReadAllAsync(last);
            Assert.Equal(acknowledged.Select(Describe), replayed.Select(Describe));
            Assert.Equal(Enumerable.Range(1, replayed.Count).Select(n => (long)n), replayed.Select(e => e.Sequence));
            var given = replayed.Where(e => e.IsIdGiven).ToList();
            Assert.Equal(given.Count, given.Select(e => (e.DataStream, e.Id)).Distinct().Count());
        },
        seed: Seed.Value, iter: 60);

    private static string Describe(LogEvent e) =>
        $"{e.Id}|{e.IsIdGiven}|{e.DataStream}|{e.Timestamp.UnixNanoseconds}|{Convert.ToHexString(e.Source.Span)}|{Convert.ToHexString(e.Derived.Span)}";
}
