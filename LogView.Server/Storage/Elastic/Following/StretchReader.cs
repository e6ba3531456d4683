using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Client.Language;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Indices;
using LogView.Server.Storage.Elastic.Reading;

namespace LogView.Server.Storage.Elastic.Following;

/// <summary>Reads the matching events of stretches, each once.</summary>
internal sealed class StretchReader(ElasticClient client, IndexCatalog catalog, TimeProvider clock, StoreSearch wanted)
{
    private readonly SeenIds _seen = new(FollowLimits.MaxSeen);
    private readonly Matcher _matcher = Matcher.Compile(wanted.Query, wanted.Now, wanted.Zone);

    /// <param name="scope">Of all that is followed.</param>
    /// <param name="stretches">At least one.</param>
    /// <param name="isTold">False: the events are only remembered.</param>
    /// <param name="reading">Gets the events.</param>
    /// <param name="cancellationToken">Ends the request; nothing has changed then.</param>
    public async Task ReadAsync(SearchScope scope, IReadOnlyList<Stretch> stretches, bool isTold, FollowReading reading, CancellationToken cancellationToken)
    {
        Dictionary<bool, Asked> asked = [];
        foreach (IGrouping<bool, Stretch> some in stretches.GroupBy(s => s.Mark.Index.IsOwn))
        {
            asked[some.Key] = await AskAsync(scope, some, some.Key, cancellationToken);
        }

        var requests = new ShardRequests();
        foreach (Stretch stretch in stretches)
        {
            Asked of = asked[stretch.Mark.Index.IsOwn];
            JsonObject page = ShardRequests.Page(stretch, of.Written.DeepClone().AsObject());
            HitReader.Ask(page, of.Scope, of.Query.Looked);
            requests.Add(stretch.Mark.Index, stretch.Mark.Shard, page);
        }

        using ElasticAnswer answer = await requests.SendAsync(client, cancellationToken);
        foreach ((Stretch stretch, JsonElement found) in stretches.Zip(answer.Root.GetProperty("responses").EnumerateArray()))
        {
            if (!ShardRequests.IsAnswered(found))
            {
                reading.Silent++;
                continue;
            }

            foreach (JsonElement hit in found.GetProperty("hits").GetProperty("hits").EnumerateArray())
            {
                if (Take(hit, stretch, asked[stretch.Mark.Index.IsOwn]) is { } read && isTold)
                {
                    reading.Events.Add(read);
                }
            }

            End(stretch, ShardRequests.ReadVisible(found));
        }
    }

    /// <summary>
    /// Of the indices that changed, LogView's own or those of others: of its own what another LogView wrote, for the log has the rest.
    /// </summary>
    private async Task<Asked> AskAsync(SearchScope scope, IEnumerable<Stretch> stretches, bool isOwn, CancellationToken cancellationToken)
    {
        SearchScope changed = await ChangedAsync(scope, stretches, isOwn, cancellationToken);
        ClusterQuery query = new(changed, wanted);
        JsonObject written = query.Write(wanted.Query);
        return new Asked(changed, query, isOwn ? Dsl.And([Dsl.Or([written, query.OddEvents()]), ShardRequests.OfAnother(scope.Writer)]) : written);
    }

    /// <summary>
    /// Only the indices that changed, with their fields. A field may have come with the very events that are about to be read, so where the query asks for one
    /// that is not known the fields are asked for again, after the events have become visible.
    /// </summary>
    private async Task<SearchScope> ChangedAsync(SearchScope scope, IEnumerable<Stretch> stretches, bool isOwn, CancellationToken cancellationToken)
    {
        ClusterIndex[] indices = [.. stretches.Select(s => s.Mark.Index.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(scope.Find).OfType<ClusterIndex>()];
        SearchScope changed = ScopeOf(await catalog.FieldsAsync(indices, cancellationToken));
        ClusterQuery probe = new(changed, wanted);
        probe.Write(wanted.Query);
        return probe.HasUnmapped ? ScopeOf(await catalog.FieldsAsync(indices, TimeSpan.Zero, cancellationToken)) : changed;

        SearchScope ScopeOf(FieldMap fields) => isOwn
            ? new SearchScope(indices, [], fields, FieldMap.Empty, scope.Writer, scope.Published)
            : new SearchScope([], indices, FieldMap.Empty, fields, scope.Writer, scope.Published);
    }

    private LogEvent? Take(JsonElement hit, Stretch stretch, Asked asked)
    {
        if (HitReader.Read(hit, asked.Scope) is not { Event: var read, Odd: var odd } || (!asked.IsSure(odd) && !_matcher.Matches(read)) || !stretch.Tell(hit.GetProperty("_seq_no").GetInt64()))
        {
            return null;
        }

        return _seen.Add(stretch.Mark.Index.Name, read.Id.Value) ? read : null;
    }

    private void End(Stretch stretch, long visible)
    {
        ShardMark mark = stretch.Mark;
        stretch.Visible = visible;
        mark.Frontier = Math.Max(mark.Frontier, stretch.To);
        if (!stretch.HasHoles || clock.GetElapsedTime(stretch.ReadAt) > FollowLimits.HoleWait)
        {
            mark.Open.Remove(stretch);
        }
        else if (!mark.Open.Contains(stretch))
        {
            mark.Open.Add(stretch);
        }
    }

    /// <summary>The query over indices of one kind.</summary>
    private sealed record Asked(SearchScope Scope, ClusterQuery Query, JsonObject Written)
    {
        /// <summary>What the cluster found is what was asked for; otherwise the event itself has the last word.</summary>
        public bool IsSure(IReadOnlyList<string> odd) => Query.IsExact && !odd.Any(o => Query.Odd?.Contains(o) ?? true);
    }
}
