using LogView.Server.Storage;
using LogView.Server.Storage.Memory;
using LogView.Tests.Conformance;

namespace LogView.Tests.Storage.Memory;

public sealed class MemoryStoreConformanceTests : EventStoreConformance
{
    protected override Task<IEventStore> OpenAsync() =>
        Task.FromResult<IEventStore>(new MemoryEventStore(new MemoryEngineOptions(), TimeProvider.System));
}
