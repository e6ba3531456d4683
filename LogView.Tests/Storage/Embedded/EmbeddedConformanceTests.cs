using LogView.Server.Storage;
using LogView.Tests.Conformance;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Embedded;

/// <summary>Events stay in heads until the store is closed.</summary>
public sealed class EmbeddedHeadConformanceTests : EventStoreConformance
{
    private readonly TempFolder _folder = new();

    protected override Task<IEventStore> OpenAsync() => Task.FromResult<IEventStore>(EmbeddedStores.Open(_folder.Path));

    protected override async Task<IEventStore?> ReopenAsync(IEventStore store)
    {
        await store.DisposeAsync();
        return EmbeddedStores.Open(_folder.Path);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>Every write becomes segments at once.</summary>
public sealed class EmbeddedSegmentConformanceTests : EventStoreConformance
{
    private readonly TempFolder _folder = new();

    protected override Task<IEventStore> OpenAsync() => Task.FromResult<IEventStore>(new SealingStore(EmbeddedStores.Open(_folder.Path)));

    protected override async Task<IEventStore?> ReopenAsync(IEventStore store)
    {
        await store.DisposeAsync();
        return new SealingStore(EmbeddedStores.Open(_folder.Path));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>Heads are sealed behind the writer's back after small writes: searches meet heads, heads being sealed, and segments.</summary>
public sealed class EmbeddedMixedConformanceTests : EventStoreConformance
{
    private readonly TempFolder _folder = new();

    protected override Task<IEventStore> OpenAsync() => Task.FromResult<IEventStore>(Open());

    protected override async Task<IEventStore?> ReopenAsync(IEventStore store)
    {
        await store.DisposeAsync();
        return Open();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    private SealingStore Open() => new(EmbeddedStores.Open(_folder.Path, o => o with { MaxSegmentEvents = 10_000 }), waits: false);
}
