using System.Text.Json;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Indices;
using LogView.Server.Storage.Elastic.Reading;

namespace LogView.Server.Storage.Elastic.Following;

/// <summary>
/// Reads what became visible in the indices of others since the last reading, by the numbers of the shards' writes (<see cref="ShardMark"/>): clocks of
/// shippers play no part. One request when nothing is new, two when something is.
/// </summary>
internal sealed class ShardReader(ElasticClient client, IndexCatalog catalog, TimeProvider clock, StoreSearch wanted, ScopeSource scopes) : IOtherEventReader
{
    private readonly FollowedShards _shards = new(client);
    private readonly StretchReader _stretches = new(client, catalog, clock, wanted);
    private bool _isStarted;

    public async Task<OtherEventBatch> ReadAsync(CancellationToken cancellationToken)
    {
        SearchScope scope = await scopes(i => wanted.Wants(i.Stream, i.Aliases), cancellationToken);
        await _shards.UpdateAsync(scope.Others, isStart: !_isStarted, cancellationToken);
        var reading = new FollowReading(_shards.Count);
        IReadOnlyList<Stretch> stretches = _isStarted ? await NewStretchesAsync(reading, cancellationToken) : [];
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
                reading.Silent++;
                continue;
            }

            long head = ShardRequests.ReadHead(found) ?? -1;
            ShardMark mark = _shards.Place(index, shard, head);
            if (_isStarted)
            {
                reading.Miss($"A shard of {index.Name} did not answer when the tail began: what it got before it did is not shown");
            }
            else if (head >= 0)
            {
                overlap.Add(new Stretch(mark, Math.Max(-1, head - FollowLimits.StartOverlap), head) { ReadAt = clock.GetTimestamp() });
            }
        }

        IReadOnlyList<JsonElement> counts = await AskAsync(r => overlap.ForEach(s => r.Add(s.Mark.Index, s.Mark.Shard, ShardRequests.Count(s))), overlap.Count, cancellationToken);
        return [.. overlap.Zip(counts).Where(s => !ShardRequests.IsAnswered(s.Second) || ShardRequests.ReadVisible(s.Second) < s.First.Length).Select(s => s.First)];
    }

    /// <summary>What became visible behind the frontiers, and stretches in which a missing number has come.</summary>
    private async Task<IReadOnlyList<Stretch>> NewStretchesAsync(FollowReading reading, CancellationToken cancellationToken)
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
        long length = Math.Max(FollowLimits.MinNumbers, FollowLimits.MaxNumbers / Math.Max(1, ahead.Count));
        IEnumerable<Stretch> grown = open.Zip(answers.Skip(marks.Length)).Where(s => HasGrown(s.First, s.Second)).Select(s => s.First);
        return [.. grown, .. ahead.Select(a => Ahead(a.Mark, a.Head, length, reading))];
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
