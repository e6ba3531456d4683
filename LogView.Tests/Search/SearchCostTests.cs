using System.Reflection;
using System.Text;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Search;
using LogView.Server.Storage;
using LogView.Server.Storage.Memory;

namespace LogView.Tests.Search;

/// <summary>How often a search asks the store: each time is a way to the cluster and back where the store is one.</summary>
public sealed class SearchCostTests : IAsyncDisposable
{
    private readonly FakeLog _log = new();
    private readonly MemoryEventStore _store = new(new MemoryEngineOptions(), TimeProvider.System);
    private readonly IEventStore _watched;
    private readonly SearchService _service;

    public SearchCostTests()
    {
        _watched = DispatchProxy.Create<IEventStore, Watching>();
        ((Watching)_watched).Inner = _store;
        _service = new SearchService(_watched, _log, new ReadYourWrites(_log, _log), TimeProvider.System);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData(100, CountMode.None)]
    [InlineData(100, CountMode.Exact)]
    [InlineData(0, CountMode.Exact)]
    public async Task Search_WithHits_AsksOnce(int size, CountMode count)
    {
        await _store.WriteAsync(
            [new LogEvent
            {
                Id = new EventId("1"), DataStream = DataStreamName.Parse("logs-app"), Timestamp = Timestamp.Now(TimeProvider.System), Sequence = 1, Source = Encoding.UTF8.GetBytes("""{"message":"hello"}"""),
            }],
            TestContext.Current.CancellationToken);

        SearchOutcome found = await _service.SearchAsync(
            new SearchRequest { Size = size, Count = count, Query = "hello" }, new Viewer("test", Rights.Search, ["*"]), progress: null, TestContext.Current.CancellationToken);

        Assert.Equal(size == 0 ? 0 : 1, found.Result!.Hits.Count);
        Assert.Equal([nameof(IEventStore.SearchAsync)], ((Watching)_watched).Asked);
    }

    /// <summary>Writes down what a store is asked that takes a while.</summary>
    public class Watching : DispatchProxy
    {
        public List<string> Asked { get; } = [];

        internal IEventStore Inner { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (typeof(Task).IsAssignableFrom(targetMethod!.ReturnType))
            {
                Asked.Add(targetMethod.Name);
            }

            return targetMethod.Invoke(Inner, args);
        }
    }
}
