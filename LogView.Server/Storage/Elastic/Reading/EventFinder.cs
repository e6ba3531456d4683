using System.Text.Json;
using System.Text.Json.Nodes;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Elastic.Client;

namespace LogView.Server.Storage.Elastic.Reading;

/// <summary>Events by their ids.</summary>
internal static class EventFinder
{
    private const int MaxIds = 5_000;

    public static async Task<IReadOnlyDictionary<EventId, LogEvent>> FindAsync(
        SearchSender sender, SearchScope scope, IReadOnlyCollection<EventId> ids, CancellationToken cancellationToken)
    {
        Dictionary<EventId, LogEvent> found = [];
        foreach (EventId[] chunk in ids.Chunk(MaxIds))
        {
            List<JsonObject> filters = [Dsl.Named("ids", new JsonObject { ["values"] = new JsonArray([.. chunk.Select(i => JsonValue.Create(i.Value))]) }), .. scope.Filters()];
            var body = new JsonObject
            {
                ["size"] = chunk.Length, ["query"] = new JsonObject { ["bool"] = new JsonObject { ["filter"] = new JsonArray([.. filters]) } },
            };
            HitReader.Ask(body, scope, []);
            using ElasticAnswer answer = await sender.SendAsync(scope, body, cancellationToken);
            foreach (JsonElement hit in answer.Root.GetProperty("hits").GetProperty("hits").EnumerateArray())
            {
                if (HitReader.Read(hit, scope) is { Event: var logEvent })
                {
                    found[logEvent.Id] = logEvent;
                }
            }
        }

        return found;
    }
}
