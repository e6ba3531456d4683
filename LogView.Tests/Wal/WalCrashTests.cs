using LogView.Client.Contracts.Events;
using LogView.Server.Wal;
using LogView.Tests.Platform;

namespace LogView.Tests.Wal;

/// <summary>Spoils every single file operation of a scenario in every way and looks whether acknowledged events are found exactly once.</summary>
public sealed class WalCrashTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<Fault, Survives> Ways()
    {
        var ways = new TheoryData<Fault, Survives>();
        foreach (Fault fault in Enum.GetValues<Fault>())
        {
            // What a lying disk said was safe is lost with the power, whoever writes to it; a killed process loses nothing by it.
            foreach (Survives survives in Enum.GetValues<Survives>().Where(s => fault != Fault.Forget || s == Survives.Everything))
            {
                ways.Add(fault, survives);
            }
        }

        return ways;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task EveryOperationSpoiled_AcknowledgedIsFoundOnce(Fault fault, Survives survives)
    {
        int operations = await CountOperationsAsync();
        Assert.True(operations > 25, $"the scenario has {operations} operations only");
        for (int n = 0; n < operations; n++)
        {
            var run = new CrashRun($"{fault} at operation {n} of {operations}, survives {survives}");
            run.Disk.SpoilOperation(n, fault);
            await run.WriteAsync("first", Cancel);
            run.Disk.Restart(survives);
            await run.CheckAsync(Cancel);
            await run.WriteAsync("second", Cancel);
            run.Disk.Restart(survives);
            await run.CheckAsync(Cancel);
        }
    }

    private static async Task<int> CountOperationsAsync()
    {
        var run = new CrashRun("no fault");
        await run.WriteAsync("first", Cancel);
        return run.Disk.Operations;
    }

    /// <summary>One disk through several lives of the process.</summary>
    private sealed class CrashRun(string name)
    {
        private const int Rounds = 12;
        private readonly HashSet<string> _acknowledged = [];
        private readonly HashSet<string> _tried = [];
        private readonly HashSet<string> _indexed = [];
        private readonly KnownFake _store = new();

        public FaultyFileSystem Disk { get; } = new();

        /// <summary>Made ids and given ones, several appends at once, repeats of what failed, checkpoints in between.</summary>
        public async Task WriteAsync(string life, CancellationToken cancel)
        {
            using WriteAheadLog? log = TryOpen();
            if (log is null)
            {
                return;
            }

            for (int round = 0; round < Rounds; round++)
            {
                await Task.WhenAll(
                    AppendAsync(log, [.. Enumerable.Range(0, 3).Select(i => WalFixture.Event($"{life} {round} made {i}"))], cancel),
                    AppendAsync(log, [.. Enumerable.Range(0, 2).Select(i => Given($"{life} {round} given {i}"))], cancel));
                await AppendAsync(log, [Given($"{life} {Math.Max(0, round - 1)} given 0"), Given($"{life} {round} given 1")], cancel);
                if (round % 5 == 4)
                {
                    await IndexAsync(log, cancel);
                }
            }
        }

        public async Task CheckAsync(CancellationToken cancel)
        {
            using WriteAheadLog? log = TryOpen();
            Assert.True(log is not null, name);
            Assert.True(log.Damages.Count == 0, $"{name}: {string.Join("; ", log.Damages)}");
            List<LogEvent> found = await WalFixture.ReadAllAsync(log);
            Assert.True(found.Zip(found.Skip(1)).All(p => p.First.Sequence < p.Second.Sequence), $"{name}: out of order");
            var texts = found.Select(WalFixture.TextOf).ToList();
            Assert.True(texts.Count == texts.Distinct().Count(), $"{name}: found twice: {string.Join(", ", texts.GroupBy(t => t).Where(g => g.Count() > 1).Select(g => g.Key))}");
            Assert.True(texts.All(_tried.Contains), $"{name}: made up");
            HashSet<string> lost = [.. _acknowledged.Except(texts).Except(_indexed)];
            Assert.True(lost.Count == 0, $"{name}: lost {string.Join(", ", lost)}");
            await RepeatAsync(log, texts, cancel);
        }

        /// <summary>What is there is known by its id; asked again, it must be a repeat.</summary>
        private async Task RepeatAsync(WriteAheadLog log, List<string> texts, CancellationToken cancel)
        {
            LogEvent[] again = [.. texts.Where(t => t.Contains("given", StringComparison.Ordinal)).Take(3).Select(Given)];
            AppendResult result = await log.AppendAsync(again, cancel);
            Assert.True(result.Statuses.All(s => s == AppendStatus.AlreadyThere), name);
        }

        /// <summary>A store takes some of the events and the log may forget them.</summary>
        private async Task IndexAsync(WriteAheadLog log, CancellationToken cancel)
        {
            try
            {
                List<LogEvent> events = await WalFixture.ReadAllAsync(log, _store.KnownSequence);
                _store.Index(events.Take(events.Count / 2));
                _indexed.UnionWith(events.Take(events.Count / 2).Select(WalFixture.TextOf));
                await log.CheckpointAsync(_store.KnownSequence, cancel);
            }
            catch (IOException)
            {
                // The machine has stopped.
            }
        }

        private async Task AppendAsync(WriteAheadLog log, LogEvent[] events, CancellationToken cancel)
        {
            lock (_tried)
            {
                _tried.UnionWith(events.Select(WalFixture.TextOf));
            }

            try
            {
                AppendResult result = await log.AppendAsync(events, cancel);
                lock (_acknowledged)
                {
                    _acknowledged.UnionWith(events.Select(WalFixture.TextOf));
                }

                Assert.True(result.LastSequence <= log.DurableSequence, name);
                Assert.DoesNotContain(AppendStatus.Conflict, result.Statuses);
            }
            catch (WalUnavailableException)
            {
                // Told the shipper so: nothing of it need be there.
            }
        }

        private WriteAheadLog? TryOpen()
        {
            try
            {
                return new WalFixture(Disk, known: _store).Open();
            }
            catch (IOException)
            {
                return null;
            }
        }

        private static LogEvent Given(string text) => WalFixture.Event(text, id: text);
    }
}
