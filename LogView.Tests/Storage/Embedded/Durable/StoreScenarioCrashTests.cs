using LogView.Client.Contracts.DataStreams;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded;
using LogView.Tests.Platform;
using Microsoft.Extensions.Time.Testing;
using static LogView.Tests.Storage.Embedded.Durable.StoredEvents;

namespace LogView.Tests.Storage.Embedded.Durable;

/// <summary>
/// A store lives through writes, seals, a merge, retention and the deletion of a data stream; every single file operation of it fails, tears, is
/// forgotten or is the last, and what was not synced survives wholly, half, in any order or not at all. After the restart and the replay of the log
/// every event is there once, and what was deleted stays deleted.
/// </summary>
public sealed class StoreScenarioCrashTests
{
    private static readonly DateTimeOffset Now = Start.Add(TimeSpan.FromDays(9.5)).ToDateTimeOffset();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<Fault, Survives> Ways()
    {
        var ways = new TheoryData<Fault, Survives>();
        foreach (Fault fault in Enum.GetValues<Fault>())
        {
            foreach (Survives survives in Enum.GetValues<Survives>())
            {
                ways.Add(fault, survives);
            }
        }

        return ways;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    [Trait("Kind", "slow")]
    public async Task AnyOperationSpoiled_EventsAreThereOnceAndDeletedOnesAreNot(Fault fault, Survives survives)
    {
        var whole = new Life(new FaultyFileSystem());
        await whole.RunAsync();
        Assert.Equal(5, whole.StepsDone);
        Assert.True(whole.HasMerged);
        Assert.InRange(whole.Files.Operations, 100, 2_000);

        for (int spoiled = 0; spoiled < whole.Files.Operations; spoiled++)
        {
            string where = $"{fault} at operation {spoiled}, survives {survives}";
            var files = new FaultyFileSystem();
            files.SpoilOperation(spoiled, fault);
            var life = new Life(files);
            await life.RunAsync();
            files.Restart(survives, seed: spoiled);
            bool lies = fault == Fault.Forget && survives != Survives.Everything;
            await life.CheckAsync(where, lies);
            if (survives is Survives.OnlySynced or Survives.SomeOfUnsynced)
            {
                files.Restart(survives, seed: spoiled + 1);
                await life.CheckAsync($"{where}, started twice", lies);
            }
        }
    }

    /// <summary>One store on one disk, and the log that would bring back what is not durable.</summary>
    private sealed class Life(FaultyFileSystem files)
    {
        private static readonly LogEvent[] All =
        [
            .. Batch(1, 30, day: 9), .. Batch(31, 10, day: 0, stream: "logs-old"), .. Batch(41, 10, day: 9, stream: "logs-gone"), .. Batch(51, 10, day: 9),
        ];

        private readonly FakeTimeProvider _clock = new(Now);
        private long _checkpoint;
        private bool _isDeleted;

        public FaultyFileSystem Files => files;

        public int StepsDone { get; private set; }

        public bool HasMerged { get; private set; }

        public async Task RunAsync()
        {
            EmbeddedEventStore store;
            try
            {
                store = Open();
            }
            catch (IOException)
            {
                return;
            }

            await TryAsync(async () =>
            {
                await WriteAsync(store, 1, 10);
                await WriteAsync(store, 11, 20);
                await WriteAsync(store, 21, 30);
            });
            await TryAsync(() => WriteAsync(store, 31, 40));
            await TryAsync(async () =>
            {
                await store.MaintainAsync(Cancel);
                HasMerged = store.Partitions.Any(p => p.DataStream.Value == "logs-a" && p.Segments.Length == 1);
            });
            await TryAsync(async () =>
            {
                await WriteAsync(store, 41, 50);
                _isDeleted = await store.DeleteDataStreamAsync(DataStreamName.Parse("logs-gone"), Cancel);
            });
            await TryAsync(() => WriteAsync(store, 51, 60));
            _checkpoint = store.DurableSequence;
            await store.AbandonAsync();
        }

        public async Task CheckAsync(string where, bool lies)
        {
            await using EmbeddedEventStore store = Open();
            foreach (LogEvent[] batch in All.Where(e => e.Sequence > _checkpoint && e.Sequence > store.DurableSequence).Chunk(7))
            {
                await store.WriteAsync(batch, Cancel);
            }

            await store.SealAllAsync(Cancel);
            await store.MaintainAsync(Cancel);
            long[] found = await store.SequencesAsync();
            if (lies)
            {
                return;
            }

            long[] expected = [.. Numbers(1, 30), .. Numbers(51, 60)];
            Assert.True(expected.All(found.Contains), $"{where}: lost {string.Join(',', expected.Except(found))}");
            Assert.True(found.All(n => n is < 31 or > 40), $"{where}: kept what retention let go");
            Assert.True(!_isDeleted || found.All(n => n is < 41 or > 50), $"{where}: brought back what was deleted");
            Assert.True(store.Health.IsGood, $"{where}: {string.Join("; ", store.Health.Damage)} {store.Health.WriteProblem}");
        }

        private async Task TryAsync(Func<Task> step)
        {
            try
            {
                await step();
                StepsDone++;
            }
            catch (IOException)
            {
                // This step failed or the machine stopped: the next one may work.
            }
        }

        private static async Task WriteAsync(EmbeddedEventStore store, long from, long to)
        {
            await store.WriteAsync([.. All.Where(e => e.Sequence >= from && e.Sequence <= to)], Cancel);
            await store.SealAllAsync(Cancel);
        }

        private EmbeddedEventStore Open() => EmbeddedStores.Open(
            "/data",
            o => o with
            {
                MaxSegmentEvents = 120,
                MinMergedSegments = 3,
                Retention = s => s.Value == "logs-old" ? new Retention(TimeSpan.FromDays(2), null) : Retention.Everything,
            },
            files, _clock);
    }
}
