using LogView.Client.Contracts.DataStreams;
using LogView.Client.Discover.State;
using Microsoft.AspNetCore.WebUtilities;

namespace LogView.Client.Discover.Detail;

/// <summary>What is shown around an event, and its address: <c>/context?event=logs-shop/id&amp;scope=host&amp;within=10s</c>.</summary>
/// <param name="Event">In the middle; null when an address names none.</param>
/// <param name="Scope">Name of a <see cref="ContextScope"/>; null: the usual one.</param>
/// <param name="Within">Neighbours at most so far in time, one of <see cref="Times"/>; null: as many lines.</param>
/// <param name="Zone">IANA name of the zone of times; null: UTC.</param>
public sealed record ContextChoice(EventLink? Event, string? Scope, string? Within, string? Zone)
{
    public const string Path = "/context";

    /// <summary>Offered distances in time.</summary>
    public static readonly IReadOnlyList<string> Times = ["1s", "10s", "1m", "5m", "1h"];

    /// <summary>The distance in time; null: lines are counted.</summary>
    public TimeSpan? Span => Within is null ? null : DurationText.Parse(Within);

    public string Write()
    {
        Dictionary<string, string?> values = new(StringComparer.Ordinal) { ["event"] = Event?.ToString(), ["scope"] = Scope, ["within"] = Within, ["tz"] = Zone };
        return QueryHelpers.AddQueryString(Path, values.Where(v => v.Value is not null));
    }

    /// <summary>Never fails: what cannot be read is left out.</summary>
    public static ContextChoice Read(string address)
    {
        int question = address.IndexOf('?', StringComparison.Ordinal);
        var values = QueryHelpers.ParseQuery(question < 0 ? "" : address[question..].Split('#')[0]);
        string? One(string name) => values.TryGetValue(name, out var found) ? found.FirstOrDefault() : null;
        string? within = One("within");
        return new ContextChoice(EventLink.Read(One("event")), One("scope"), within is not null && Times.Contains(within, StringComparer.Ordinal) ? within : null, One("tz"));
    }
}
