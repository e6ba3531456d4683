using LogView.Server.Ingest.Files.Reading;
using LogView.Server.Ingest.Files.State;
using LogView.Server.Ingest.Files.Watching;
using LogView.Server.Ingest.Pipeline;
using Microsoft.Win32.SafeHandles;

namespace LogView.Server.Ingest.Files;

/// <summary>
/// Follows files: one loop that sleeps until the system reports a change, reads what is new in turns, and hands it to the sink. Offsets move
/// only after the events are durable; after a crash some events are sent again under the same ids and recognised.
/// </summary>
internal sealed partial class FilesReceiver(
    FilesOptions options, FileSources sources, IEventSink sink, TimeProvider clock, ILogger<FilesReceiver> logger) : BackgroundService
{
    private static readonly TimeSpan RetryAfterBug = TimeSpan.FromSeconds(1);

    /// <summary>How a file is opened; tests make it fail.</summary>
    internal Func<string, SafeFileHandle> OpenFile { get; init; } =
        path => File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>False: only the scans find what is new, as on a file system that reports no changes.</summary>
    internal bool WatchesFolders { get; init; } = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Nothing is lost by starting over: offsets say what is durable.
                LogStopped(logger, e);
                await Task.Delay(RetryAfterBug, clock, stoppingToken);
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        FileRegistry registry = FileRegistry.Open(options.DataFolder, out string? problem);
        if (problem is not null)
        {
            LogOffsetsLost(logger, problem);
        }

        using IFolderWatcher? watcher = StartWatcher();
        using FileTable table = new(registry, clock, logger, OpenFile);
        EventBatch batch = new(clock);
        FilePass pass = new(options, sources, registry, table, new FileTurn(registry, batch, clock, OpenFile), batch,
            new BatchSender(sink, registry, batch, clock, logger), watcher, clock, logger);
        try
        {
            while (true)
            {
                if (pass.Wait() is { } wait && wait > TimeSpan.Zero)
                {
                    await sources.Changes.WaitAsync(wait, clock, cancellationToken);
                }

                cancellationToken.ThrowIfCancellationRequested();
                await pass.RunAsync(cancellationToken);
            }
        }
        finally
        {
            SaveAtEnd(registry);
        }
    }

    private IFolderWatcher? StartWatcher()
    {
        if (!WatchesFolders)
        {
            return null;
        }

        return OperatingSystem.IsLinux() && InotifyWatcher.TryStart(sources.Changes) is { } inotify ? inotify : new SystemWatcher(sources.Changes);
    }

    private void SaveAtEnd(FileRegistry registry)
    {
        try
        {
            if (registry.IsDirty)
            {
                registry.Save();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotSaved(logger, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Following files failed and starts over")]
    private static partial void LogStopped(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The offsets of followed files cannot be read, so files are read from their start: {Problem}")]
    private static partial void LogOffsetsLost(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "The offsets of followed files could not be saved; after the next start some lines are read again")]
    private static partial void LogNotSaved(ILogger logger, Exception exception);
}
