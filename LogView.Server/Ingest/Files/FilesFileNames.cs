namespace LogView.Server.Ingest.Files;

/// <summary>Names below the data folder that belong to the files receiver.</summary>
public static class FilesFileNames
{
    /// <summary>Sources added while running: a JSON list of <see cref="FileSourceOptions"/>.</summary>
    public const string Sources = "files.json";

    /// <summary>How far every file was read.</summary>
    public const string Offsets = "files-offsets.json";
}
