using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Detail;
using LogView.Client.Discover.State;
using LogView.Client.Shared.Timing;

namespace LogView.Client.Discover.Copying;

/// <summary>An event as text for elsewhere.</summary>
public static class EventCopies
{
    private static readonly string[] Head = ["log.level", "host.name", "service.name"];

    /// <summary>Time, level, host, service and the whole message with its stack trace, as a line of a log file has them.</summary>
    public static string Line(Hit hit, TimeZoneInfo zone)
    {
        string message = hit.Fields.First("message").ToString();
        string stack = hit.Fields.First("error.stack_trace").ToString();
        IEnumerable<string> head = Head.Select(f => hit.Fields.First(f).ToString()).Where(v => v.Length > 0);
        string line = string.Join(' ', [ZoneTime.Full(hit.Event.Timestamp, zone), .. head, message.Length > 0 ? message : EventJson.Exact(hit.Event)]);
        return stack.Length == 0 || message.Contains(stack, StringComparison.Ordinal) ? line : line + "\n" + stack;
    }

    /// <summary>A command that reads the event through the HTTP API; the key is left to fill in.</summary>
    /// <param name="hit">The event.</param>
    /// <param name="site">Address of this LogView, ending with a slash.</param>
    public static string Curl(Hit hit, string site)
    {
        string address = $"{site}api/v1/context?dataStream={Uri.EscapeDataString(hit.Event.DataStream.Value)}&id={Uri.EscapeDataString(hit.Event.Id.Value)}&before=0&after=0";
        return $"curl -H 'Authorization: ApiKey KEY' {Quoted(address)}";
    }

    /// <summary>The page with the event open.</summary>
    /// <param name="hit">The event.</param>
    /// <param name="shown">What is shown around it.</param>
    /// <param name="site">Address of this LogView, ending with a slash.</param>
    public static string Link(Hit hit, DiscoverState shown, string site) =>
        site.TrimEnd('/') + DiscoverUrl.Write(shown with { Event = new EventLink(hit.Event.DataStream, hit.Event.Id) });

    /// <summary>As one word of a shell, whatever is in it.</summary>
    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
