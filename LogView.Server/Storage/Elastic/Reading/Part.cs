using System.Text.Json.Nodes;

namespace LogView.Server.Storage.Elastic.Reading;

/// <summary>A clause of the cluster's and whether it says all: an inexact one finds more than asked.</summary>
internal readonly record struct Part(JsonObject Query, bool IsExact)
{
    public static Part Exact(JsonObject query) => new(query, IsExact: true);

    public static Part Wide(JsonObject query) => new(query, IsExact: false);

    public static Part AnyOf(IReadOnlyList<Part> parts) => new(Dsl.Or([.. parts.Select(p => p.Query)]), parts.All(p => p.IsExact));
}
