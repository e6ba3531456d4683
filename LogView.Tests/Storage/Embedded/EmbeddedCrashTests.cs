using System.Globalization;
using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage;
using LogView.Server.Storage.Embedded;
using LogView.Tests.Platform;
using Microsoft.Extensions.Time.Testing;

namespace LogView.Tests.Storage.Embedded;

/// <summary>Every file operation of a scenario fails, tears or is the last; after the restart and the replay every event is there once.</summary>
public sealed class EmbeddedCrashTests
{
    private const int Batches = 3;
    private const int EventsPerBatch = 20;

    [Theory]
    [InlineData(Fault.Fail)]
    [InlineData(Fault.FailAfter)]
    [InlineData(Fault.Stop)]
    [InlineData(Fault.Tear)]
    public async Task Store_AnyOperationSpoiled_HasEveryEventOnceAfterReplay(Fault fault)
    {
        int operations = await CountOperationsAsync();
        Assert.InRange(operations, 50, 2_000);

        foreach (Survives survives in Enum.GetValues<Survives>())
        {
            for (int spoiled = 0; spoiled < operations; spoiled++)
            {
                await CrashAsync(fault, survives, spoiled);
            }
        }
    }

    [Fact]
    public async Task Store_DiskFullAtSeal_KeepsEventsAndRecovers()
    {
        var files = new FaultyFileSystem { Capacity = 100 };
        var clock = new FakeTimeProvider();
        EmbeddedEventStore store = Open(files, clock);
        await store.WriteAsync(Batch(0), CancellationToken.None);

        await Assert.ThrowsAsync<IOException>(() => store.SealAllAsync(CancellationToken.None));

        Assert.Equal(0, store.DurableSequence);
        Assert.Equal(EventsPerBatch, await CountAsync(store));
        files.Capacity = long.MaxValue;
        while (store.DurableSequence < EventsPerBatch)
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        await store.AbandonAsync();
        files.Restart(Survives.OnlySynced);
        await using EmbeddedEventStore reopened = Open(files, clock);
        Assert.Equal(EventsPerBatch, await CountAsync(reopened));
    }

    private static async Task<int> CountOperationsAsync()
    {
        var files = new FaultyFileSystem();
        EmbeddedEventStore store = Open(files, new FakeTimeProvider());
        await WriteAsync(store);
        await store.AbandonAsync();
        return files.Operations;
    }

    private static async Task CrashAsync(Fault fault, Survives survives, int spoiled)
    {
        var files = new FaultyFileSystem();
        var clock = new FakeTimeProvider();
        files.SpoilOperation(spoiled, fault);
        long checkpoint = 0;
        try
        {
            EmbeddedEventStore store = Open(files, clock);
            await WriteAsync(store);
            checkpoint = store.DurableSequence;
            await store.AbandonAsync();
        }
        catch (IOException)
        {
            // The store could not even be opened.
        }

        files.Restart(survives);
        await using EmbeddedEventStore reopened = Open(files, clock);
        string where = $"{fault} at {spoiled}, {survives} survives";
        for (int batch = 0; batch < Batches; batch++)
        {
            // The log has what was not durable when it was last told, and reads from where the store says.
            LogEvent[] replayed = [.. Batch(batch).Where(e => e.Sequence > checkpoint && e.Sequence > reopened.DurableSequence)];
            await reopened.WriteAsync(replayed, CancellationToken.None);
        }

        Assert.True(await CountAsync(reopened) == Batches * EventsPerBatch, where);
        IReadOnlyDictionary<EventId, LogEvent> found = await reopened.FindAsync(
            DataStreamName.Parse("logs-a"), [.. Enumerable.Range(0, Batches).SelectMany(Batch).Select(e => e.Id)], CancellationToken.None);
        Assert.True(found.Count == Batches * EventsPerBatch, where);
        Assert.True(reopened.Health.Damage.Count == 0, $"{where}: {string.Join("; ", reopened.Health.Damage)}");
    }

    private static async Task WriteAsync(EmbeddedEventStore store)
    {
        for (int batch = 0; batch < Batches; batch++)
        {
            try
            {
                await store.WriteAsync(Batch(batch), CancellationToken.None);
                await store.SealAllAsync(CancellationToken.None);
            }
            catch (IOException)
            {
                // The machine stopped, or this seal failed; the next batch may work.
            }
        }
    }

    private static EmbeddedEventStore Open(FaultyFileSystem files, TimeProvider clock) => EmbeddedStores.Open("/data", files: files, clock: clock);

    private static LogEvent[] Batch(int number) => [.. Enumerable.Range(number * EventsPerBatch + 1, EventsPerBatch).Select(i => new LogEvent
    {
        Id = new EventId(string.Create(CultureInfo.InvariantCulture, $"id-{i}")),
        IsIdGiven = true,
        DataStream = DataStreamName.Parse("logs-a"),
        Timestamp = Timestamp.FromUnixMilliseconds(1_793_491_200_000 + i),
        Sequence = i,
        Source = Encoding.UTF8.GetBytes($$"""{"message":"event {{i}} of many","level":"info","n":{{i}}}"""),
    })];

    private static async Task<long> CountAsync(EmbeddedEventStore store)
    {
        SearchResult result = await store.SearchAsync(
            new StoreSearch { DataStreams = _ => true, Now = default, Size = 0 }, progress: null, CancellationToken.None);
        return result.Total!.Value.Value;
    }
}
