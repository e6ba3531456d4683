using System.Text.Json;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Indices;
using LogView.Server.Storage.Elastic.Reading;
using LogView.Server.Storage.Elastic.Retiring;
using LogView.Server.Storage.Elastic.Sharing;

namespace LogView.Server.Storage.Elastic.Following;

/// <summary>
/// Reads what others wrote that became visible since the last reading, by the numbers of the shards' writes (<see cref="ShardMark"/>): clocks of
/// shippers play no part. One request when nothing is new, two when something is. LogView's own indices are read only while another LogView writes to the
/// cluster; where they stood when the reading began is remembered until then.
/// </summary>
internal sealed class ShardReader(
    ElasticClient client, IndexCatalog catalog, LiveWriters writers, TimeProvider clock, StoreSearch wanted, ScopeSource scopes) : IOtherEventReader
{
    private readonly FollowedShards _shards = new(client);
    private readonly StretchReader _stretches = new(client, catalog, clock, wanted);
    private bool _isStarted;

    /// <summary>Another LogView writes.</summary>
    private bool _isShared;

    public async Task<OtherEventBatch> ReadAsync(CancellationToken cancellationToken)
    {
        SearchScope scope = await scopes(i => wanted.Wants(i.Stream, i.Aliases), cancellationToken);
        _isShared = scope.Own.Count > 0 && await writers.HasOthersAsync(cancellationToken);
        IReadOnlyList<ClusterIndex> own = _isShared || !_isStarted ? WrittenTo(scope.Own) : [];
        await _shards.UpdateAsync([.. scope.Others, .. own], isStart: !_isStarted, cancellationToken);
        var reading = new FollowReading(_shards.CountOf(IsAsked));
        IReadOnlyList<Stretch> stretches = _isStarted ? await NewStretchesAsync(scope, reading, cancellationToken) : [];
        IReadOnlyList<Stretch> overlap = await PlaceAsync(reading, cancellationToken);
        if (stretches.Count > 0)
        {
            await _stretches.ReadAsync(scope, stretches, isTold: true, reading, cancellationToken);
        }

        // In parts: one of these may be longer than what is read at once otherwise.
        foreach (Stretch[] part in overlap.Chunk((int)(FollowLimits.MaxNumbers / FollowLimits.StartOverlap)))
        {
            await _stretches.ReadAsync(scope, part, isTold: false, reading, cancellationToken);
        }

        GiveUpOpen(reading);
        if (_shards.IsCut)
        {
            reading.Miss($"There are more than {FollowLimits.MaxShards:N0} shards of others: only those with the last names are followed; ask for fewer data streams");
        }

        _isStarted = true;
        return reading.ToBatch();
    }

    /// <summary>Of each data stream the index that is written to, and the one before: a batch may have been under way when that was rolled over.</summary>
    private static ClusterIndex[] WrittenTo(IEnumerable<ClusterIndex> own) =>
        [.. own.GroupBy(i => i.Stream).SelectMany(s => s.OrderByDescending(i => IndexFacts.GenerationOf(i.Name)).Take(2))];

    /// <summary>Alone, LogView only remembers where its own indices stand.</summary>
    private bool IsAsked(ClusterIndex index) => _isShared || !index.IsOwn;

    /// <summary>
    /// Begins at the end of shards that were there before. Answers the stretches before it in which numbers are missing: an event that was being written at the start is
    /// found there, the others are known already.
    /// </summary>
    private async Task<IReadOnlyList<Stretch>> PlaceAsync(FollowReading reading, CancellationToken cancellationToken)
    {
        (ClusterIndex Index, int Shard)[] unplaced = [.. _shards.Unplaced];
        IReadOnlyList<JsonElement> heads = await AskAsync(r => Array.ForEach(unplaced, u => r.Add(u.Index, u.Shard, ShardRequests.Head(above: null))), unplaced.Length, cancellationToken);
        List<Stretch> overlap = [];
        foreach (((ClusterIndex index, int shard), JsonElement found) in unplaced.Zip(heads))
        {
            if (!ShardRequests.IsAnswered(found))
            {
                reading.Silent += IsAsked(index) ? 1 : 0;
                continue;
            }

            long head = ShardRequests.ReadHead(found) ?? -1;
            ShardMark mark = _shards.Place(index, shard, head);
            if (_isStarted)
            {
                reading.Miss($"A shard of {index.Name} did not answer when the tail began: what it got before it did is not shown");
            }
            else if (head >= 0 && IsAsked(index))
            {
                overlap.Add(new Stretch(mark, Math.Max(-1, head - FollowLimits.StartOverlap), head) { ReadAt = clock.GetTimestamp() });
            }
        }

        IReadOnlyList<JsonElement> counts = await AskAsync(r => overlap.ForEach(s => r.Add(s.Mark.Index, s.Mark.Shard, ShardRequests.Count(s))), overlap.Count, cancellationToken);
        return [.. overlap.Zip(counts).Where(s => !ShardRequests.IsAnswered(s.Second) || ShardRequests.ReadVisible(s.Second) < s.First.Length).Select(s => s.First)];
    }

    /// <summary>What became visible behind the frontiers, and stretches in which a missing number has come.</summary>
    private async Task<IReadOnlyList<Stretch>> NewStretchesAsync(SearchScope scope, FollowReading reading, CancellationToken cancellationToken)
    {
        ShardMark[] marks = [.. _shards.Marks];
        Stretch[] open = [.. marks.SelectMany(m => m.Open)];
        IReadOnlyList<JsonElement> answers = await AskAsync(
            requests =>
            {
                Array.ForEach(marks, m => requests.Add(m.Index, m.Shard, ShardRequests.Head(m.Frontier)));
                Array.ForEach(open, s => requests.Add(s.Mark.Index, s.Mark.Shard, ShardRequests.Count(s)));
            },
            marks.Length + open.Length,
            cancellationToken);
        reading.Silent += answers.Take(marks.Length).Count(a => !ShardRequests.IsAnswered(a));
        List<(ShardMark Mark, long Head)> ahead = [.. marks.Zip(answers)
            .Select(m => (m.First, Head: ShardRequests.IsAnswered(m.Second) ? ShardRequests.ReadHead(m.Second) ?? -1 : -1))
            .Where(m => m.Head > m.First.Frontier)];
        await PassOverOwnAsync([.. ahead.Where(a => a.Mark.Index.IsOwn && a.Head - a.Mark.Frontier > FollowLimits.MaxNumbers)], scope.Writer, cancellationToken);
        long length = Math.Max(FollowLimits.MinNumbers, FollowLimits.MaxNumbers / Math.Max(1, ahead.Count));
        IEnumerable<Stretch> grown = open.Zip(answers.Skip(marks.Length)).Where(s => HasGrown(s.First, s.Second)).Select(s => s.First);
        return [.. grown, .. ahead.Select(a => Ahead(a.Mark, a.Head, length, reading))];
    }

    /// <summary>
    /// Goes near to the first event of another LogView: what this one wrote meanwhile, maybe for days, is not read. The numbers just before are, for an event that is still
    /// being written.
    /// </summary>
    private async Task PassOverOwnAsync((ShardMark Mark, long Head)[] far, string writer, CancellationToken cancellationToken)
    {
        IReadOnlyList<JsonElement> firsts = await AskAsync(
            r => Array.ForEach(far, f => r.Add(f.Mark.Index, f.Mark.Shard, ShardRequests.FirstOfAnother(f.Mark.Frontier, writer))), far.Length, cancellationToken);
        foreach (((ShardMark mark, long head), JsonElement found) in far.Zip(firsts).Where(f => ShardRequests.IsAnswered(f.Second)))
        {
            mark.Frontier = Math.Max(mark.Frontier, (ShardRequests.ReadHead(found) ?? head) - FollowLimits.MaxNumbers);
        }
    }

    private Stretch Ahead(ShardMark mark, long head, long length, FollowReading reading)
    {
        if (head - mark.Frontier > FollowLimits.MaxBehind)
        {
            mark.Frontier = head - FollowLimits.MaxBehind;
            reading.Miss($"More than {FollowLimits.MaxBehind:N0} events came to {mark.Index.Name} meanwhile: only the newest of them were looked through");
        }

        long to = Math.Min(head, mark.Frontier + length);
        reading.HasMore |= to < head;
        return new Stretch(mark, mark.Frontier, to) { ReadAt = clock.GetTimestamp() };
    }

    private static bool HasGrown(Stretch stretch, JsonElement counted) =>
        ShardRequests.IsAnswered(counted) && ShardRequests.ReadVisible(counted) > stretch.Visible;

    /// <summary>What is still missing after so long, or with so many numbers behind it, is no event any more.</summary>
    private void GiveUpOpen(FollowReading reading)
    {
        foreach (ShardMark mark in _shards.Marks)
        {
            mark.Open.RemoveAll(s => clock.GetElapsedTime(s.ReadAt) > FollowLimits.HoleWait);
        }

        Stretch[] open = [.. _shards.Marks.SelectMany(m => m.Open).OrderBy(s => s.ReadAt)];
        long numbers = open.Sum(s => s.Length);
        foreach (Stretch oldest in open.TakeWhile(_ => numbers > FollowLimits.MaxOpenNumbers))
        {
            numbers -= oldest.Length;
            oldest.Mark.Open.Remove(oldest);
            reading.Miss($"{oldest.Mark.Index.Name} deletes or overwrites events while many come: one that was still being written may be missing");
        }
    }

    private async Task<IReadOnlyList<JsonElement>> AskAsync(Action<ShardRequests> add, int count, CancellationToken cancellationToken)
    {
        if (count == 0)
        {
            return [];
        }

        var requests = new ShardRequests();
        add(requests);
        using ElasticAnswer answer = await requests.SendAsync(client, cancellationToken);
        return [.. answer.Root.GetProperty("responses").EnumerateArray().Select(a => a.Clone())];
    }
}
