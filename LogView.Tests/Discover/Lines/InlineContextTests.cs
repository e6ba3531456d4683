using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Lines;
using LogView.Client.Discover.Rows;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Lines;

public sealed class InlineContextTests : IDisposable
{
    private static readonly LoadedRows Rows = LoadedRows.Of(SomeHit.Many(30));

    private readonly List<ContextRequest> _asked = [];
    private readonly InlineContext _context;
    private Func<ContextRequest, CancellationToken, Task<ContextOutcome>> _answer = (r, _) => Task.FromResult(Answer(r, before: 1_000));

    public InlineContextTests() => _context = new InlineContext((r, t) =>
    {
        _asked.Add(r);
        return _answer(r, t);
    });

    public void Dispose() => _context.Dispose();

    [Fact]
    public async Task Show_NewestFirst_HasTheNewerLinesAbove()
    {
        await _context.ShowAsync(SomeHit.Of(12));

        Assert.Equal(new InsertedLines(12, 1 + 3, 10 + 1), _context.In(Rows, SortField.NewestFirst));
        Assert.Equal(["after 3", "after 2", "after 1"], Enumerable.Range(1, 3).Select(Message));
        Assert.Equal(["before 1", "before 10"], new[] { 4, 13 }.Select(Message));
        Assert.Null(_context.HitAt(0));
        Assert.Null(_context.HitAt(14));
        Assert.False(_context.MayGoUp);
        Assert.True(_context.MayGoDown);
    }

    [Fact]
    public async Task Show_OldestFirst_HasTheOlderLinesAbove()
    {
        await _context.ShowAsync(SomeHit.Of(12));

        Assert.Equal(new InsertedLines(12, 1 + 10, 3 + 1), _context.In(Rows, new SortField(SortField.TimeField, SortOrder.Asc)));
        Assert.Equal(["before 10", "before 1", "after 1"], new[] { 1, 10, 11 }.Select(Message));
        Assert.True(_context.MayGoUp);
    }

    [Fact]
    public async Task GoOn_Down_LoadsMoreOnThatSideUntilThereIsNoMore()
    {
        _answer = (r, _) => Task.FromResult(Answer(r, before: 25));
        await _context.ShowAsync(SomeHit.Of(12));
        _context.In(Rows, SortField.NewestFirst);

        await _context.GoOnAsync(up: false);

        Assert.Equal([(10, 10), (30, 10)], _asked.Select(r => (r.Before, r.After)));
        Assert.Equal(new InsertedLines(12, 4, 26), _context.In(Rows, SortField.NewestFirst));
        Assert.False(_context.MayGoDown);
    }

    [Fact]
    public async Task Choose_Scope_AsksForItsLines()
    {
        await _context.ShowAsync(SomeHit.Of(12));
        await _context.ChooseAsync("stream");

        Assert.Equal(["service.name"], _asked[0].Within.Filters.Select(f => f.Field));
        Assert.Empty(_asked[1].Within.Filters);
    }

    [Fact]
    public async Task Close_WhileLoading_EndsTheWork()
    {
        CancellationToken seen = default;
        _answer = async (_, token) =>
        {
            seen = token;
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException();
        };

        Task showing = _context.ShowAsync(SomeHit.Of(12));
        Assert.Equal(new InsertedLines(12, 1, 1), _context.In(Rows, SortField.NewestFirst));
        _context.Close();
        await showing;

        Assert.True(seen.IsCancellationRequested);
        Assert.Null(_context.In(Rows, SortField.NewestFirst));
    }

    [Fact]
    public async Task In_RowsWithoutTheEvent_StandsNowhere()
    {
        await _context.ShowAsync(SomeHit.Of(77));

        Assert.Null(_context.In(Rows, SortField.NewestFirst));
    }

    [Fact]
    public async Task Show_Failed_SaysWhy()
    {
        _answer = (_, _) => Task.FromResult(new ContextOutcome(null, new SearchProblem(SearchProblemKind.Unavailable, "away")));

        await _context.ShowAsync(SomeHit.Of(12));

        Assert.Equal("away", _context.Problem?.Message);
        Assert.False(_context.IsLoading);
    }

    /// <summary>Three events after it, so many before it.</summary>
    private static ContextOutcome Answer(ContextRequest request, int before)
    {
        Hit[] older = [.. Enumerable.Range(1, Math.Min(before, request.Before)).Select(i => SomeHit.Of(1_000 + i, $"before {i}")).Reverse()];
        Hit[] newer = [.. Enumerable.Range(1, Math.Min(3, request.After)).Select(i => SomeHit.Of(2_000 + i, $"after {i}"))];
        return new ContextOutcome(new ContextResult(older, SomeHit.Of(12), newer), null);
    }

    private string? Message(int inserted) => _context.HitAt(inserted)?.Fields.First("message").ToString();
}
