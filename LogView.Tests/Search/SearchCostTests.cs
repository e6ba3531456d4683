using System.Reflection;
using System.Text;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Search;
using LogView.Server.Storage;
using LogView.Server.Storage.Memory;
using Microsoft.Extensions.Time.Testing;

namespace LogView.Tests.Search;

/// <summary>How often a search asks the store: each time is a way to the cluster and back where the store is one.</summary>
public sealed class SearchCostTests : IAsyncDisposable
{
    private readonly FakeLog _log = new();
    private readonly MemoryEventStore _store = new(new MemoryEngineOptions(), TimeProvider.System);
    private readonly IEventStore _watched;
    private readonly SearchService _service;
    private long _sequence;
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(56));

    public SearchCostTests()
    {
        _watched = DispatchProxy.Create<IEventStore, Watching>();
        ((Watching)_watched).Inner = _store;
        _service = new SearchService(_watched, _log, new ReadYourWrites(_log, _log), _clock);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData(100, CountMode.None)]
    [InlineData(100, CountMode.Exact)]
    [InlineData(0, CountMode.Exact)]
    public async Task Search_WithHits_AsksOnce(int size, CountMode count)
    {
        await WriteAsync("""{"message":"hello"}""");

        SearchOutcome found = await SearchAsync(new SearchRequest { Size = size, Count = count, Query = "hello" });

        Assert.Equal(size == 0 ? 0 : 1, found.Result!.Hits.Count);
        Assert.Equal([nameof(IEventStore.SearchAsync)], ((Watching)_watched).Asked);
    }

    /// <summary>Whether a field exists, and whether its values are of one type, is asked once for all the searches of a page, and again when that is old.</summary>
    [Fact]
    public async Task Search_ForAFieldAgain_AsksOnceAgain()
    {
        await WriteAsync("""{"status":500}""");
        SearchRequest counting = new() { Size = 0, Count = CountMode.Exact, Query = "status >= 400" };
        await SearchAsync(counting);
        Assert.Equal(["SearchAsync", "SearchAsync", "ListFieldsAsync"], ((Watching)_watched).Asked);

        await SearchAsync(counting with { Size = 100 });
        Assert.Equal(["SearchAsync", "SearchAsync", "ListFieldsAsync", "SearchAsync"], ((Watching)_watched).Asked);

        _clock.Advance(FieldFacts.KnownFor);
        await SearchAsync(counting);
        Assert.Equal(["SearchAsync", "SearchAsync", "ListFieldsAsync"], ((Watching)_watched).Asked.Skip(4));
    }

    /// <summary>What one viewer may see of a field tells nothing about what another may.</summary>
    [Fact]
    public async Task Search_OfAnotherViewer_AsksForItself()
    {
        await WriteAsync("""{"secret":"1"}""");
        await WriteAsync("""{"other":"1"}""", "logs-shop");
        SearchRequest request = new() { Size = 0, Count = CountMode.Exact, Query = "secret: 1" };
        Assert.Empty((await SearchAsync(request)).Result!.Notes);

        SearchOutcome other = await _service.SearchAsync(request, new Viewer("other", Rights.Search, ["logs-shop"]), progress: null, TestContext.Current.CancellationToken);

        Assert.Equal(0, other.Result!.Total!.Value.Value);
        Assert.Equal("unknown_field", Assert.Single(other.Result.Notes).Code);
    }

    private Task<SearchOutcome> SearchAsync(SearchRequest request) =>
        _service.SearchAsync(request, new Viewer("test", Rights.Search, ["*"]), progress: null, TestContext.Current.CancellationToken);

    private Task WriteAsync(string source, string dataStream = "logs-app") => _store.WriteAsync(
        [new LogEvent
        {
            Id = new EventId("1"),
            DataStream = DataStreamName.Parse(dataStream),
            Timestamp = Timestamp.From(_clock.GetUtcNow()),
            Sequence = ++_sequence,
            Source = Encoding.UTF8.GetBytes(source),
        }],
        TestContext.Current.CancellationToken);

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
