using LogView.Client.Contracts.Saved;
using LogView.Server.Saved;

namespace LogView.Tests.Saved;

/// <summary>What every store of saved objects must do; a class per store.</summary>
public abstract class SavedObjectStoreConformance
{
    private static readonly DateTimeOffset Then = new(2026, 11, 23, 6, 0, 0, 123, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Insert_ThenFind_GivesBackEveryMember()
    {
        ISavedObjectStore store = Open();
        SavedObject made = Some("0000000001") with { Name = "결제 오류 \"quoted\" \ud83d\ude00", Content = """{"url":"/discover?q=a%20b","n":[1,null,{"x":"é"}]}""" };

        SavedObject? inserted = await store.InsertAsync(made, Stop);

        Assert.NotNull(inserted);
        Assert.Equal(made with { Version = inserted.Version }, inserted);
        Assert.Equal(inserted, await store.FindAsync(made.Kind, made.Id, Stop));
    }

    [Fact]
    public async Task Insert_TakenId_ChangesNothing()
    {
        ISavedObjectStore store = Open();
        SavedObject? first = await store.InsertAsync(Some("0000000001"), Stop);

        SavedObject? second = await store.InsertAsync(Some("0000000001") with { Name = "other" }, Stop);

        Assert.Null(second);
        Assert.Equal(first, await store.FindAsync(SavedKinds.View, "0000000001", Stop));
    }

    [Fact]
    public async Task Find_OtherKindOrUnknownId_IsNull()
    {
        ISavedObjectStore store = Open();
        await store.InsertAsync(Some("0000000001"), Stop);

        Assert.Null(await store.FindAsync(SavedKinds.Link, "0000000001", Stop));
        Assert.Null(await store.FindAsync(SavedKinds.View, "0000000002", Stop));
    }

    [Fact]
    public async Task Replace_FromTheVersionThere_ChangesIt()
    {
        ISavedObjectStore store = Open();
        SavedObject made = (await store.InsertAsync(Some("0000000001"), Stop))!;

        SavedObject? changed = await store.ReplaceAsync(made with { Name = "new", Content = """{"b":2}""", Access = SavedAccess.Edit, UpdatedBy = "kim" }, Stop);

        Assert.NotNull(changed);
        Assert.NotEqual(made.Version, changed.Version);
        Assert.Equal(changed, await store.FindAsync(SavedKinds.View, made.Id, Stop));
        Assert.Equal(("new", "kim"), (changed.Name, changed.UpdatedBy));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("nonsense")]
    public async Task Replace_FromAnotherVersion_ChangesNothing(string version)
    {
        ISavedObjectStore store = Open();
        SavedObject made = (await store.InsertAsync(Some("0000000001"), Stop))!;
        SavedObject changed = (await store.ReplaceAsync(made with { Name = "second" }, Stop))!;

        Assert.Null(await store.ReplaceAsync(made with { Name = "third" }, Stop));
        Assert.Null(await store.ReplaceAsync(made with { Name = "third", Version = version }, Stop));
        Assert.Equal(changed, await store.FindAsync(SavedKinds.View, made.Id, Stop));
    }

    [Fact]
    public async Task Replace_WhatIsNotThere_WritesNothing()
    {
        ISavedObjectStore store = Open();

        Assert.Null(await store.ReplaceAsync(Some("0000000001") with { Version = "1" }, Stop));
        Assert.Null(await store.FindAsync(SavedKinds.View, "0000000001", Stop));
    }

    [Fact]
    public async Task Replace_ByManyAtOnce_LetsOneWin()
    {
        ISavedObjectStore store = Open();
        SavedObject made = (await store.InsertAsync(Some("0000000001"), Stop))!;

        SavedObject?[] outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => store.ReplaceAsync(made with { Name = $"writer {i}" }, Stop)));

        SavedObject winner = Assert.Single(outcomes.OfType<SavedObject>());
        Assert.Equal(winner, await store.FindAsync(SavedKinds.View, made.Id, Stop));
    }

    [Fact]
    public async Task Delete_FromTheVersionThere_RemovesIt()
    {
        ISavedObjectStore store = Open();
        SavedObject made = (await store.InsertAsync(Some("0000000001"), Stop))!;
        SavedObject changed = (await store.ReplaceAsync(made with { Name = "second" }, Stop))!;

        Assert.False(await store.DeleteAsync(SavedKinds.View, made.Id, made.Version, Stop));
        Assert.False(await store.DeleteAsync(SavedKinds.View, made.Id, "nonsense", Stop));
        Assert.True(await store.DeleteAsync(SavedKinds.View, made.Id, changed.Version, Stop));
        Assert.Null(await store.FindAsync(SavedKinds.View, made.Id, Stop));
        Assert.False(await store.DeleteAsync(SavedKinds.View, made.Id, changed.Version, Stop));
    }

    [Fact]
    public async Task List_OfAKind_HasAllOfItAndNothingElse()
    {
        ISavedObjectStore store = Open();
        for (int i = 0; i < 120; i++)
        {
            await store.InsertAsync(Some($"{i:D10}"), Stop);
        }

        await store.InsertAsync(Some("0000000001") with { Kind = SavedKinds.Link }, Stop);

        IReadOnlyList<SavedObject> views = await store.ListAsync(SavedKinds.View, Stop);

        Assert.Equal(Enumerable.Range(0, 120).Select(i => $"{i:D10}"), views.Select(v => v.Id).Order(StringComparer.Ordinal));
        Assert.Equal((120, 1), (await store.CountAsync(SavedKinds.View, Stop), await store.CountAsync(SavedKinds.Link, Stop)));
    }

    [Fact]
    public async Task AnotherProcess_OnTheSameStore_SeesWritesAtOnceAndConflicts()
    {
        ISavedObjectStore mine = Open();
        ISavedObjectStore theirs = Open();

        SavedObject made = (await mine.InsertAsync(Some("0000000001"), Stop))!;
        Assert.Equal(made, await theirs.FindAsync(SavedKinds.View, made.Id, Stop));
        Assert.Equal([made], await theirs.ListAsync(SavedKinds.View, Stop));
        SavedObject changed = (await theirs.ReplaceAsync(made with { Name = "theirs" }, Stop))!;

        Assert.Null(await mine.ReplaceAsync(made with { Name = "mine" }, Stop));
        Assert.Equal(changed, await mine.FindAsync(SavedKinds.View, made.Id, Stop));
    }

    /// <summary>Opens the same store, empty when the test began, as one more process would.</summary>
    protected abstract ISavedObjectStore Open();

    private static SavedObject Some(string id) =>
        new(id, SavedKinds.View, "errors", "lee", SavedAccess.View, """{"a":1}""", Then, Then, "lee", "");
}
