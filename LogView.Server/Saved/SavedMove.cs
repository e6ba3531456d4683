using LogView.Client.Contracts.Saved;
using LogView.Server.Platform;

namespace LogView.Server.Saved;

/// <summary>
/// Copies what people saved in the file of this machine to the store that is used now, once, after LogView went from the one to the other. What the store has under an id
/// stays as it is. The file keeps all, and which of it was copied: what is deleted in the store does not come back with the next start.
/// </summary>
internal sealed partial class SavedMove(string dataFolder, ISavedObjectStore target, TimeProvider clock, ILogger<SavedMove> logger) : BackgroundService
{
    /// <summary>Kind and id of the file's note of when it was copied.</summary>
    private const string Note = "copied";

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        TimeSpan pause = FirstPause;
        while (File.Exists(Path.Combine(dataFolder, FileNames.Saved)) && !await TryAsync(stoppingToken))
        {
            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>False: it has to be tried again.</summary>
    private async Task<bool> TryAsync(CancellationToken stoppingToken)
    {
        try
        {
            await CopyAsync(stoppingToken);
            return true;
        }
        catch (SavedStoreException e)
        {
            NotNow(logger, e.Message);
            return false;
        }
        catch (InvalidDataException e)
        {
            // A file of a newer LogView: it stays as it is.
            NotAtAll(logger, e.Message);
            return true;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return true;
        }
    }

    private async Task CopyAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        SqliteSavedObjectStore file = SqliteSavedObjectStore.OpenOrCreate(dataFolder);
        SavedObject? copied = await file.FindAsync(Note, Note, cancellationToken);
        int count = 0;
        foreach (string kind in SavedKinds.All)
        {
            foreach (SavedObject saved in (await file.ListAsync(kind, cancellationToken)).Where(s => copied is null || s.CreatedAt > copied.UpdatedAt))
            {
                count += await target.InsertAsync(saved, cancellationToken) is null ? 0 : 1;
            }
        }

        SavedObject note = new(Note, Note, "", "", SavedAccess.Private, "{}", now, now, "", copied?.Version ?? "");
        _ = copied is null ? await file.InsertAsync(note, cancellationToken) : await file.ReplaceAsync(note, cancellationToken);
        if (count > 0)
        {
            Copied(logger, count, FileNames.Saved);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} saved views, short links and marks were copied from {File} to the cluster")]
    private static partial void Copied(ILogger logger, int count, string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was saved on this machine is not on the cluster yet: {Reason}")]
    private static partial void NotNow(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was saved on this machine is not copied to the cluster: {Reason}")]
    private static partial void NotAtAll(ILogger logger, string reason);
}
