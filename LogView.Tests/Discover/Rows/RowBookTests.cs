using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Discover.Rows;
using LogView.Tests.Testing;

namespace LogView.Tests.Discover.Rows;

/// <summary>Rows sorted by a field, whose only way to a place is over those before it.</summary>
public sealed class RowBookTests
{
    private static readonly SortField ByStatus = new("status", SortOrder.Asc);

    [Theory]
    [InlineData(0)]
    [InlineData(499)]
    [InlineData(1_000)]
    [InlineData(249_999)]
    [InlineData(250_500)]
    [InlineData(600_000)]
    [InlineData(999_950)]
    public void Next_FarAway_PassesOverRowsWithoutReadingThem(int first)
    {
        Reading reading = new(stored: 1_000_000, counted: 1_000_000);

        reading.Show(first, 50);

        Assert.Equal(Enumerable.Range(first, 50).Cast<int?>(), Enumerable.Range(first, 50).Select(i => reading.IdAt(first, i)));
        Assert.InRange(reading.Asked, 0, 2 + (first / SearchRequest.MaxSkip) + 1);
        Assert.InRange(reading.RowsRead, 0, 20 + (2 * RowLimits.PageSize));
    }

    [Fact]
    public void Next_BetweenPlacesThatWerePassed_ReadsOnlyThere()
    {
        Reading reading = new(stored: 300_000, counted: 300_000);
        reading.Show(299_900, 50);

        foreach (int first in (int[])[150_000, 149_900, 150_200, 10, 299_950, 70_000])
        {
            reading.Show(first, 50);

            Assert.Equal(Enumerable.Range(first, 50).Cast<int?>(), Enumerable.Range(first, 50).Select(i => reading.IdAt(first, i)));
        }

        Assert.InRange(reading.RowsRead, 0, 16 * RowLimits.PageSize);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(120)]
    [InlineData(7_777)]
    [InlineData(123_456)]
    public void Next_FewerRowsThanWereCounted_FindsTheEnd(int stored)
    {
        Reading reading = new(stored, counted: 1_000_000);

        reading.Show(999_950, 50);

        Assert.Null(reading.IdAt(999_950, 999_950));
        Assert.InRange(reading.Asked, 0, 40);
        if (stored > 0)
        {
            reading.Show(stored - 1, 1);
            Assert.Equal(stored - 1, reading.IdAt(stored - 1, stored - 1));
        }
    }

    /// <summary>Answers as a store does that has so many rows; each has its position as id and cursor.</summary>
    private sealed class Reading
    {
        private readonly RowBook _book = new(ByStatus, from: null, to: null);
        private readonly int _stored;

        public Reading(int stored, int counted)
        {
            _stored = stored;
            (IReadOnlyList<Hit> hits, string? next) = Page(cursor: null, skip: 0, RowLimits.PageSize);
            _book.Begin(hits, next);
            _book.Counted(counted, [(new TimeRange(SomeHit.Noon.Add(TimeSpan.FromDays(-30)), SomeHit.Noon), counted)]);
        }

        public int Asked { get; private set; }

        public int RowsRead { get; private set; }

        public void Show(int first, int count)
        {
            while (_book.Next(first, count) is { } task)
            {
                PageRead read = task.Read!;
                Assert.InRange(++Asked, 0, 200);
                (IReadOnlyList<Hit> hits, string? next) = read.IsKept ? Page(read.Cursor, skip: 0, read.Size) : Page(read.Cursor, read.Size - 1, size: 1);
                RowsRead += hits.Count;
                _book.Put(task, hits, next);
            }
        }

        public int? IdAt(int first, int position) => _book.Take(first, 50)[position] is { } hit ? (int)hit.Event.Sequence : null;

        private (IReadOnlyList<Hit> Hits, string? Next) Page(string? cursor, int skip, int size)
        {
            int first = (cursor is null ? 0 : int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture) + 1) + skip;
            IReadOnlyList<Hit> hits = SomeHit.Many(Math.Clamp(_stored - first, 0, size), first);
            return (hits, hits.Count > 0 && first + hits.Count < _stored ? hits[^1].Event.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
        }
    }
}
