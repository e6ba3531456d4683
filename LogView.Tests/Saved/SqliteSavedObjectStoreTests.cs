using LogView.Client.Contracts.Saved;
using LogView.Server.Platform;
using LogView.Server.Saved;
using LogView.Tests.Testing;
using Microsoft.Data.Sqlite;

namespace LogView.Tests.Saved;

public sealed class SqliteSavedObjectStoreTests : SavedObjectStoreConformance, IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task File_NotADatabase_IsASentenceForPeople()
    {
        SqliteSavedObjectStore store = SqliteSavedObjectStore.OpenOrCreate(_folder.Path);
        SqliteConnection.ClearAllPools();
        File.Delete(Path.Combine(_folder.Path, FileNames.Saved + "-wal"));
        _folder.File(FileNames.Saved, new string('x', 8_192));

        SavedStoreException problem = await Assert.ThrowsAsync<SavedStoreException>(() => store.ListAsync(SavedKinds.View, TestContext.Current.CancellationToken));

        Assert.Contains(FileNames.Saved, problem.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    protected override ISavedObjectStore Open() => SqliteSavedObjectStore.OpenOrCreate(_folder.Path);
}
