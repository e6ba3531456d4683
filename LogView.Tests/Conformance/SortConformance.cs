using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Server.Storage;

namespace LogView.Tests.Conformance;

/// <summary>One order on every engine, and pages that neither repeat nor lose a hit.</summary>
public abstract class SortConformance : TimeConformance
{
    private static SortField Asc(string field) => new(field, SortOrder.Asc);

    private static SortField Desc(string field) => new(field, SortOrder.Desc);

    private async Task<string> SortedAsync(params SortField[] sort) => Ids(await SearchAsync(All with { Sort = sort }));

    [Fact]
    public async Task Sort_SameTimestamp_IsByArrivalInTheSameDirection()
    {
        await WriteAsync(Event("2026-11-01T10:00:00Z"), Event("2026-11-01T10:00:00Z"), Event("2026-11-01T09:00:00Z"), Event("2026-11-01T10:00:00Z"));

        Assert.Equal("e4 e2 e1 e3", await SortedAsync(Desc("@timestamp")));
        Assert.Equal("e3 e1 e2 e4", await SortedAsync(Asc("@timestamp")));
    }

    [Fact]
    public async Task Sort_Numbers_AreByValueWithMissingLast()
    {
        await WriteAsync("""{"n":10}""", """{"n":9}""", "{}", """{"n":-1.5}""", """{"n":9.5}""", """{"n":null}""", """{"n":9007199254740993}""", """{"n":9007199254740992}""");

        Assert.Equal("e4 e2 e5 e1 e8 e7 e3 e6", await SortedAsync(Asc("n")));
        Assert.Equal("e7 e8 e1 e5 e2 e4 e6 e3", await SortedAsync(Desc("n")));
    }

    [Fact]
    public async Task Sort_Texts_AreByCodePointWithMissingLast()
    {
        await WriteAsync(
            """{"k":"b"}""", """{"k":"B"}""", "{}", """{"k":""}""", """{"k":"ba"}""", """{"k":"é"}""", """{"k":"결제"}""", """{"k":"\uFF21"}""", """{"k":"😀"}""");

        Assert.Equal("e4 e2 e1 e5 e6 e7 e8 e9 e3", await SortedAsync(Asc("k")));
        Assert.Equal("e9 e8 e7 e6 e5 e1 e2 e4 e3", await SortedAsync(Desc("k")));
    }

    [Fact]
    public async Task Sort_MixedKinds_PutsNumbersThenBooleansThenTexts()
    {
        await WriteAsync("""{"x":"7"}""", """{"x":true}""", """{"x":7}""", """{"x":false}""", """{"x":7.5}""", "{}");

        Assert.Equal("e3 e5 e4 e2 e1 e6", await SortedAsync(Asc("x")));
        Assert.Equal("e1 e2 e4 e5 e3 e6", await SortedAsync(Desc("x")));
    }

    [Fact]
    public async Task Sort_SeveralValues_TakesSmallestAscendingAndLargestDescending()
    {
        await WriteAsync("""{"n":[1,9]}""", """{"n":[2,3]}""", """{"n":5}""", """{"n":[]}""");

        Assert.Equal("e1 e2 e3 e4", await SortedAsync(Asc("n")));
        Assert.Equal("e1 e3 e2 e4", await SortedAsync(Desc("n")));
    }

    [Fact]
    public async Task Sort_SeveralFields_AreComparedInTurn()
    {
        await WriteAsync("""{"a":1,"b":"x"}""", """{"a":2,"b":"x"}""", """{"a":1,"b":"y"}""", """{"b":"y"}""", """{"a":1,"b":"x"}""");

        Assert.Equal("e3 e1 e5 e2 e4", await SortedAsync(Asc("a"), Desc("b")));
        Assert.Equal("e2 e5 e1 e3 e4", await SortedAsync(Desc("a"), Asc("b")));
    }

    [Fact]
    public async Task Sort_LongTextsThatBeginAlike_AreTies()
    {
        string start = new('x', EventOrder.MaxTextLength);
        await WriteAsync($$"""{"k":"{{start}}b"}""", $$"""{"k":"{{start}}a"}""", $$"""{"k":"{{start[1..]}}"}""");

        Assert.Equal("e3 e1 e2", await SortedAsync(Asc("k")));
        List<SearchResult> pages = await PagesAsync(All with { Sort = [Asc("k")], Size = 1 });
        Assert.Equal(["e3", "e1", "e2"], pages.Select(Ids));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(40)]
    public async Task Paging_AnySizeAndSort_GivesEachHitOnceInOrder(int size)
    {
        string[] values = ["""{"n":1}""", """{"n":2.5}""", """{"n":"a"}""", "{}", """{"n":true}""", """{"n":[3,1]}""", """{"n":"결"}"""];
        await WriteAsync([.. Enumerable.Range(0, 40).Select(i => Event(new Timestamp(i / 3), values[i % values.Length]))]);

        foreach (SortField[] sort in new SortField[][] { [Desc("@timestamp")], [Asc("@timestamp")], [Asc("n")], [Desc("n"), Asc("@timestamp")] })
        {
            StoreSearch search = All with { Sort = sort, Size = size };
            string whole = Ids(await SearchAsync(search with { Size = 100 }));

            List<SearchResult> pages = await PagesAsync(search);

            Assert.Equal(whole, string.Join(' ', pages.Select(Ids)));
            Assert.Equal(40, whole.Split(' ').Distinct(StringComparer.Ordinal).Count());
            Assert.All(pages, p => Assert.Equal(new HitCount(40, true), p.Total));
            Assert.All(pages[..^1], p => Assert.Equal(size, p.Hits.Count));
        }
    }

    [Theory]
    [InlineData("whole")]
    [InlineData("part")]
    [InlineData("flag")]
    [InlineData("word")]
    public async Task Paging_FieldThatSomeEventsLack_GivesEachHitOnceInOrder(string field)
    {
        string[] values = ["""{"whole":1,"part":1.5,"flag":true,"word":"a"}""", "{}", """{"whole":-3,"part":-0.5,"flag":false,"word":"b"}""", "{}", """{"other":1}"""];
        await WriteAsync([.. Enumerable.Range(0, 20).Select(i => Event(new Timestamp(i), values[i % values.Length]))]);

        foreach (SortField[] sort in new SortField[][] { [Asc(field)], [Desc(field)], [Asc("@timestamp"), Desc(field)], [Desc("other"), Asc(field)] })
        {
            string whole = Ids(await SearchAsync(All with { Sort = sort }));

            List<SearchResult> pages = await PagesAsync(All with { Sort = sort, Size = 3 });

            Assert.Equal(whole, string.Join(' ', pages.Select(Ids)));
            Assert.Equal(20, whole.Split(' ').Distinct(StringComparer.Ordinal).Count());
            Assert.All(pages, p => Assert.Equal(new HitCount(20, true), p.Total));
        }
    }

    [Theory]
    [InlineData("whole")]
    [InlineData("part")]
    [InlineData("flag")]
    [InlineData("word")]
    [InlineData("mixed")]
    [InlineData("@timestamp")]
    public async Task Skip_AnyNumberFromAnywhere_GoesOnBehindThem(string field)
    {
        string[] values =
        [
            """{"whole":1,"part":1.5,"flag":true,"word":"a","mixed":1,"host":"a name where others have an object"}""", "{}", """{"whole":-3,"part":-0.5,"flag":false,"word":"b","mixed":"x"}""", """{"other":1,"mixed":true}""",
        ];
        await WriteAsync([.. Enumerable.Range(0, 12).Select(i => Event(new Timestamp(i / 2), values[i % values.Length]))]);

        foreach (SortField[] sort in new SortField[][] { [Asc(field)], [Desc(field)] })
        {
            string[] whole = Ids(await SearchAsync(All with { Sort = sort })).Split(' ');
            foreach (int from in (int[])[0, 1, 5, 8])
            {
                string? after = from == 0 ? null : (await SearchAsync(All with { Sort = sort, Size = from })).Next;
                for (int skip = 0; skip <= 13; skip++)
                {
                    SearchResult page = await SearchAsync(All with { Sort = sort, Size = 3, Skip = skip, After = after });

                    string[] rest = [.. whole.Skip(from + skip)];
                    Assert.Equal(string.Join(' ', rest.Take(3)), Ids(page));
                    Assert.Equal(rest.Length > 3, page.Next is not null);
                    Assert.Equal((new HitCount(12, true), SearchStatus.Complete), (page.Total, page.Status));
                    Assert.Equal(string.Join(' ', rest.Skip(3).Take(2)), page.Next is null ? "" : Ids(await SearchAsync(All with { Sort = sort, Size = 2, After = page.Next })));
                }
            }
        }
    }

    [Fact]
    public async Task Paging_WhileEventsArrive_NeitherRepeatsNorLosesAHit()
    {
        await WriteAsync([.. Enumerable.Range(0, 30).Select(i => Event(new Timestamp(i * 10)))]);

        List<SearchResult> pages = await PagesAsync(
            All with { Size = 4 },
            between: async _ => await WriteAsync(Event(new Timestamp(1_000)), Event(new Timestamp(295)), Event(new Timestamp(295))));

        List<string> ids = [.. pages.SelectMany(p => p.Hits).Select(h => h.Event.Id.Value)];
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(Enumerable.Range(1, 30), i => Assert.Contains($"e{i}", ids));
    }

    [Fact]
    public async Task Paging_LastPageExactlyFull_HasNoNext()
    {
        await WriteAsync("{}", "{}", "{}", "{}");

        List<SearchResult> pages = await PagesAsync(All with { Size = 2 });

        Assert.Equal(["e4 e3", "e2 e1"], pages.Select(Ids));
    }

    [Fact]
    public async Task Paging_CursorBehindAnEvent_ContinuesThere()
    {
        await WriteAsync("{}", "{}", "{}", "{}");
        LogEvent third = (await SearchAsync(All)).Hits[1].Event;

        string behind = SortCursor.After(third, [SortField.NewestFirst]);

        Assert.Equal("e2 e1", Ids(await SearchAsync(All with { After = behind })));
        Assert.Equal("e4", Ids(await SearchAsync(All with
        {
            Sort = [Asc("@timestamp")],
            After = SortCursor.After(third, [Asc("@timestamp")]),
        })));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("not base64 !")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Paging_NotACursor_IsRefused(string after)
    {
        await Assert.ThrowsAsync<BadCursorException>(() => SearchAsync(All with { After = after }));
    }

    [Fact]
    public async Task Paging_CursorOfAnotherSort_IsRefused()
    {
        await WriteAsync("{}", "{}");
        string next = (await SearchAsync(All with { Size = 1 })).Next!;

        await Assert.ThrowsAsync<BadCursorException>(() => SearchAsync(All with { Sort = [Asc("@timestamp")], After = next }));
    }

    [Fact]
    public async Task Search_SizeZero_CountsWithoutHits()
    {
        await WriteAsync("{}", "{}");

        SearchResult result = await SearchAsync(All with { Size = 0 });

        Assert.Empty(result.Hits);
        Assert.Null(result.Next);
        Assert.Equal(new HitCount(2, true), result.Total);
    }

    [Fact]
    public async Task Search_NoCount_HasNoTotal()
    {
        await WriteAsync("{}", "{}");

        SearchResult result = await SearchAsync(All with { Count = CountMode.None, Size = 1 });

        Assert.Null(result.Total);
        Assert.Equal("e2", Ids(result));
        Assert.NotNull(result.Next);
    }

    [Fact]
    public async Task Search_BoundedCount_IsExactOrALowerBound()
    {
        await WriteAsync([.. Enumerable.Repeat("{}", 50)]);

        HitCount total = (await SearchAsync(All with { Count = CountMode.Bounded, Size = 1 })).Total!.Value;

        Assert.True(total.IsExact ? total.Value == 50 : total.Value is > 0 and <= 50);
    }
}
