using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Saved;
using LogView.Server.Saved;
using Microsoft.Data.Sqlite;

namespace LogView.Tests.Testing;

/// <summary>The real saved objects, in a folder of the test's own. Dispose it.</summary>
internal sealed class SomeSaved : IDisposable
{
    private readonly TempFolder _folder = new();

    public SomeSaved(TimeProvider time) => Objects = new SavedObjects(SqliteSavedObjectStore.OpenOrCreate(_folder.Path), time);

    public static Viewer Ann { get; } = new("ann", Rights.Search, ["*"]);

    public static Viewer Kim { get; } = new("kim", Rights.Search, ["*"]);

    public ISavedObjects Objects { get; }

    /// <summary>A view of Ann's.</summary>
    public async Task<SavedObject> ViewAsync(string name, string address, SavedAccess access = SavedAccess.View) =>
        (await Objects.CreateAsync(new SavedDraft(SavedKinds.View, name, access, LinkContent.Write(address)), Ann, TestContext.Current.CancellationToken)).Object!;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }
}
