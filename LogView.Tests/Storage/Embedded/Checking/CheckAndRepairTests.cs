using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Server.Hosting.Starting;
using LogView.Server.Platform;
using LogView.Server.Storage.Embedded;
using LogView.Server.Storage.Embedded.Format;
using LogView.Tests.Storage.Embedded.Durable;
using LogView.Tests.Testing;
using static LogView.Tests.Storage.Embedded.Durable.StoredEvents;

namespace LogView.Tests.Storage.Embedded.Checking;

/// <summary><c>logview check</c> finds whatever is wrong and says it in sentences; <c>logview repair</c> deletes nothing and brings back what can be read.</summary>
public sealed class CheckAndRepairTests : IDisposable
{
    private const int Events = 200;

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Partition => Path.Combine(_folder.Path, "store", "logs-a", "20261101");

    private string Segment => Path.Combine(Partition, "seg-00000001");

    public static TheoryData<string> Sections => [.. Enum.GetNames<SectionKind>(), "Table", "Trailer", "Header"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Check_WholeStore_FindsNothing()
    {
        await WriteAsync();

        (int exitCode, string[] lines, _) = await RunAsync("check");

        Assert.Equal(0, exitCode);
        Assert.Equal(["Checked 400 events in 2 segments and the write-ahead log up to event 400: nothing is wrong."], lines);
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public async Task Check_AnySectionDamaged_SaysWhichFile(string section)
    {
        await WriteAsync();
        if (!Flip(section))
        {
            return;
        }

        (int exitCode, string[] lines, _) = await RunAsync("check");

        Assert.Equal(1, exitCode);
        Assert.Contains(lines, l => l.StartsWith("logs-a/20261101/seg-00000001: ", StringComparison.Ordinal) && l.EndsWith('.'));
        Assert.True(File.Exists(Segment));
    }

    [Theory]
    [InlineData("message", Events, Events)]
    [InlineData("level", 0, 0)]
    [InlineData(nameof(SectionKind.Sources), 1, Events - 1)]
    [InlineData(nameof(SectionKind.Times), 0, 0)]
    [InlineData("Trailer", 0, 0)]
    public async Task Repair_DamagedSegment_BringsBackWhatCanBeReadAndKeepsTheFile(string section, int least, int most)
    {
        await WriteAsync();
        Flip(section);
        byte[] damaged = await File.ReadAllBytesAsync(Segment, Cancel);

        (int exitCode, string[] lines, _) = await RunAsync("repair");

        Assert.True(exitCode == 0, string.Join('\n', lines));
        await using EmbeddedEventStore store = EmbeddedStores.Open(_folder.Path);
        Assert.InRange((await store.SequencesAsync()).Length, Events + least, Events + most);
        Assert.True(store.Health.IsGood);
        string kept = Assert.Single(Directory.GetFiles(_folder.Path, "seg-00000001.damaged", SearchOption.AllDirectories));
        Assert.StartsWith("repair-", Path.GetRelativePath(_folder.Path, kept), StringComparison.Ordinal);
        Assert.Equal(damaged, await File.ReadAllBytesAsync(kept, Cancel));
        Assert.Contains(lines, l => l.Contains(kept, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Repair_FileSetAsideByAStart_IsBackWithoutRepeats()
    {
        await WriteAsync();
        Flip("message");
        await using (EmbeddedEventStore store = EmbeddedStores.Open(_folder.Path))
        {
            var search = new Server.Storage.StoreSearch { DataStreams = _ => true, Now = default, Query = new TermNode(FieldTarget.Of("message"), "many") };
            await store.SearchAsync(search, progress: null, Cancel);

            Assert.False(store.Health.IsGood);
            // A shipper sends some of the lost events again, under the ids it gave them.
            await store.WriteAsync([.. Batch(1, 10).Select(e => e.WithSequence(1_000 + e.Sequence))], Cancel);
        }

        (int exitCode, string[] lines, _) = await RunAsync("repair");

        Assert.True(exitCode == 0, string.Join('\n', lines));
        Assert.Contains(lines, l => l.Contains("190 events are whole again, 10 were there already, 0 are lost", StringComparison.Ordinal));
        await using EmbeddedEventStore reopened = EmbeddedStores.Open(_folder.Path);
        Assert.Equal(2 * Events, (await reopened.SequencesAsync()).Length);
    }

    [Fact]
    public async Task Check_SectionOfAllEventsDamaged_IsOneFindingAndNotOneOfEachEvent()
    {
        await WriteAsync();
        Flip(nameof(SectionKind.Ids));

        (_, string[] lines, _) = await RunAsync("check");

        Assert.InRange(lines.Length, 2, 5);
        Assert.Contains(lines, l => l.Contains($"event 0 and {Events - 1} others: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_SegmentRestoredFromABackup_CountsIt()
    {
        await WriteAsync();
        byte[] backup = await File.ReadAllBytesAsync(Segment, Cancel);
        Flip("Trailer");
        await using (EmbeddedStores.Open(_folder.Path))
        {
            File.Delete(Segment + ".damaged");
        }

        await File.WriteAllBytesAsync(Segment, backup, Cancel);

        (int exitCode, string[] lines, _) = await RunAsync("check");

        Assert.True(exitCode == 0, string.Join('\n', lines));
        Assert.StartsWith("Checked 400 events in 2 segments", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repair_FilesLeftByACrash_AreMovedAsideAndNotDeleted()
    {
        await WriteAsync();
        byte[] unfinished = [1, 2, 3];
        await File.WriteAllBytesAsync(Path.Combine(Partition, "seg-00000007.tmp"), unfinished, Cancel);
        File.Copy(Segment, Path.Combine(Partition, "seg-00000009"));

        (int exitCode, string[] lines, _) = await RunAsync("repair");

        Assert.True(exitCode == 0, string.Join('\n', lines));
        Assert.EndsWith("nothing is wrong.", lines[^1], StringComparison.Ordinal);
        string aside = Path.Combine(Assert.Single(Directory.GetDirectories(_folder.Path, "repair-*")), "logs-a", "20261101");
        Assert.Equal(unfinished, await File.ReadAllBytesAsync(Path.Combine(aside, "seg-00000007.tmp"), Cancel));
        Assert.Equal(await File.ReadAllBytesAsync(Segment, Cancel), await File.ReadAllBytesAsync(Path.Combine(aside, "seg-00000009"), Cancel));
        Assert.Equal(2, lines.Count(l => l.Contains("left behind by a crash", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Repair_SegmentMissing_IsNoLongerWaitedForAndCountsWhenPutBack(bool alone)
    {
        await WriteAsync();
        if (!alone)
        {
            await using EmbeddedEventStore store = EmbeddedStores.Open(_folder.Path);
            await store.WriteSegmentAsync(Batch(1_001, 10));
        }

        byte[] backup = await File.ReadAllBytesAsync(Segment, Cancel);
        File.Delete(Segment);

        (int found, _, _) = await RunAsync("check");
        (int repaired, string[] lines, _) = await RunAsync("repair");

        Assert.Equal(1, found);
        Assert.True(repaired == 0, string.Join('\n', lines));
        Assert.Contains(lines, l => l.StartsWith("logs-a/20261101/seg-00000001 is missing and no longer waited for", StringComparison.Ordinal));
        await File.WriteAllBytesAsync(Segment, backup, Cancel);
        await using EmbeddedEventStore reopened = EmbeddedStores.Open(_folder.Path);
        Assert.True(reopened.Health.IsGood);
        Assert.Equal(alone ? 2 * Events : 2 * Events + 10, (await reopened.SequencesAsync()).Length);
    }

    [Fact]
    public async Task Repair_ManifestOfAnotherTime_IsWrittenAnew()
    {
        await WriteAsync();
        string other = Path.Combine(_folder.Path, "store", "logs-a", "20261102", "manifest");
        File.Copy(other, Path.Combine(Partition, "manifest"), overwrite: true);

        (int found, _, _) = await RunAsync("check");
        (int repaired, string[] lines, _) = await RunAsync("repair");

        Assert.Equal(1, found);
        Assert.True(repaired == 0, string.Join('\n', lines));
        Assert.StartsWith("Checked 400 events", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_WhileLogViewRuns_RefusesAndSaysWhy()
    {
        await using LogViewServer server = await LogViewServer.StartAsync(dataFolder: _folder.Path);

        (int exitCode, _, string error) = await RunAsync("check");

        Assert.Equal(1, exitCode);
        Assert.Contains("in use by another LogView", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("manifest", "logs-a/20261101: the checksum of manifest does not fit")]
    [InlineData("_state", "_state: the checksum of _state does not fit")]
    public async Task Check_SmallFileDamaged_IsFoundAndMended(string name, string finding)
    {
        await WriteAsync();
        string path = name == "manifest" ? Path.Combine(Partition, name) : Path.Combine(_folder.Path, "store", name);
        byte[] bytes = await File.ReadAllBytesAsync(path, Cancel);
        bytes[^1] ^= 4;
        await File.WriteAllBytesAsync(path, bytes, Cancel);

        (int found, string[] lines, _) = await RunAsync("check");
        (int repaired, _, _) = await RunAsync("repair");

        Assert.Equal((1, 0), (found, repaired));
        Assert.Contains(lines, l => l.StartsWith(finding, StringComparison.Ordinal));
    }

    private async Task WriteAsync()
    {
        await using EmbeddedEventStore store = EmbeddedStores.Open(_folder.Path);
        await store.WriteSegmentAsync([.. Batch(1, Events).Select(WithALot)]);
        await store.WriteSegmentAsync(Batch(Events + 1, Events, day: 1));
    }

    /// <summary>With a text that fills blocks of sources and is in no column.</summary>
    private static LogEvent WithALot(LogEvent e)
    {
        var random = new System.Random((int)e.Sequence);
        string text = new([.. Enumerable.Range(0, 1_500).Select(_ => (char)random.Next('0', 'z'))]);
        string source = System.Text.Encoding.UTF8.GetString(e.Source.Span)[..^1] + ",\"text\":" + System.Text.Json.JsonSerializer.Serialize(text) + "}";
        return new LogEvent
        {
            Id = e.Id, IsIdGiven = e.IsIdGiven, DataStream = e.DataStream, Timestamp = e.Timestamp, Sequence = e.Sequence, Source = System.Text.Encoding.UTF8.GetBytes(source),
        };
    }

    private async Task<(int ExitCode, string[] Lines, string Error)> RunAsync(string verb)
    {
        using StringWriter output = new(), error = new();
        int exitCode = await Starter.RunAsync(
            [verb, "--data", _folder.Path], new Dictionary<string, string>(StringComparer.Ordinal), new StandardStreams(output, error),
            (_, _) => throw new InvalidOperationException("Nothing is served here"));
        return (exitCode, output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries), error.ToString());
    }

    private static long ColumnAt(SegmentFile file, string field, ColumnKind kind)
    {
        var table = new FieldTable(file.Read(SectionKind.Fields));
        (int first, int count) = table.Find(field);
        for (int i = first; i < first + count; i++)
        {
            if (table[i].Kind == kind)
            {
                return table[i].Extent.Offset + table[i].Extent.Length / 2;
            }
        }

        throw new InvalidOperationException($"{field} has no such column");
    }

    private bool Flip(string section)
    {
        long offset;
        SegmentFile file = SegmentFile.Open(DiskFileSystem.Instance, Segment);
        try
        {
            offset = section switch
            {
                "Header" => 0,
                "Trailer" => file.Length - 10,
                "Table" => file.Length - SegmentFormat.TrailerBytes - 3,
                "message" => ColumnAt(file, section, ColumnKind.Text),
                "level" => ColumnAt(file, section, ColumnKind.String),
                _ => file.Sections.Any(s => s.Key.ToString() == section) && file.Section(Enum.Parse<SectionKind>(section)) is { Length: > 0 } extent
                    ? extent.Offset + extent.Length / 2 : -1,
            };
        }
        finally
        {
            file.Release();
        }

        if (offset >= 0)
        {
            byte[] bytes = File.ReadAllBytes(Segment);
            bytes[offset] ^= 0x10;
            File.WriteAllBytes(Segment, bytes);
        }

        return offset >= 0;
    }
}
