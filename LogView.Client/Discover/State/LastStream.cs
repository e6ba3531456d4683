using LogView.Client.Shared;

namespace LogView.Client.Discover.State;

/// <summary>
/// The data stream pattern that a person chose last in this browser. It only counts where an address says nothing at all: a link shows everybody the same.
/// </summary>
/// <param name="module">Script of the page.</param>
/// <param name="viewer">Name of the person.</param>
/// <param name="pattern">As remembered; null: all.</param>
internal sealed class LastStream(JsModule module, string viewer, string? pattern)
{
    private string? _pattern = string.IsNullOrWhiteSpace(pattern) ? null : pattern;

    public async Task ChooseAsync(string? chosen)
    {
        _pattern = chosen;
        await module.InvokeVoidAsync("choose", viewer, chosen);
    }

    /// <summary>What an address means instead; null: what it says.</summary>
    public DiscoverState? InsteadOf(string address) =>
        _pattern is not null && DiscoverUrl.SaysNothing(address) ? DiscoverState.Default with { DataStream = _pattern } : null;
}
