using LogView.Client.Contracts.Saved;
using LogView.Client.Discover.State;

namespace LogView.Client.Discover.Saving;

/// <summary>
/// Content of a saved view: <c>{"address": "/discover?…"}</c>. The address is what links and Back use too, so a view never knows more or
/// less than those.
/// </summary>
public static class ViewContent
{
    public static string Write(DiscoverState state) => LinkContent.Write(DiscoverUrl.Write(state with { View = null, Event = null }));

    /// <summary>Null when it is not the content of a view.</summary>
    public static DiscoverState? Read(string content) =>
        LinkContent.Read(content) is { } address && address.Split('?')[0] is DiscoverUrl.Path ? DiscoverUrl.Read(address) : null;
}
