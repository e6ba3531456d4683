using LogView.Server.Platform;

namespace LogView.Server.Wal;

/// <summary>Keeps damaged bytes aside for people to look at, and the list of what was lost.</summary>
internal sealed class WalQuarantine(IFileSystem fileSystem, string directory, ILogger logger)
{
    private readonly List<WalDamage> _damages = [];

    public IReadOnlyList<WalDamage> Damages => _damages;

    public void ReportGap(string file, long offset, long missing)
    {
        _damages.Add(new WalDamage(file, offset, 0, missing, null));
        WalLog.Damaged(logger, file, offset, 0, missing, "");
    }

    public void Report(string file, IFile open, long offset, long bytes, long missing)
    {
        string? copy = Copy(file, open, offset, bytes);
        _damages.Add(new WalDamage(file, offset, bytes, missing, copy));
        WalLog.Damaged(logger, file, offset, bytes, missing, copy ?? "");
    }

    private string? Copy(string file, IFile open, long offset, long bytes)
    {
        string folder = Path.Combine(directory, FileNames.WalQuarantineDirectory);
        string name = FileNames.WalQuarantined(file, offset);
        try
        {
            fileSystem.CreateDirectory(folder);
            if (!fileSystem.ListFiles(folder).Contains(name, StringComparer.Ordinal))
            {
                using IFile to = fileSystem.Create(Path.Combine(folder, name));
                CopyBytes(open, to, offset, bytes);
                fileSystem.SyncDirectory(folder);
            }

            return Path.Combine(FileNames.WalQuarantineDirectory, name);
        }
        catch (IOException e)
        {
            // A copy that cannot be made must not keep the undamaged events from being served.
            WalLog.QuarantineFailed(logger, file, offset, e);
            return null;
        }
    }

    private static void CopyBytes(IFile from, IFile to, long offset, long bytes)
    {
        byte[] buffer = new byte[(int)Math.Min(bytes, WalLimits.ReadBytes)];
        for (long done = 0; done < bytes;)
        {
            int read = from.Read(offset + done, buffer.AsSpan(0, (int)Math.Min(buffer.Length, bytes - done)));
            if (read == 0)
            {
                break;
            }

            to.Write(done, [buffer.AsMemory(0, read)]);
            done += read;
        }

        to.Sync();
    }
}
