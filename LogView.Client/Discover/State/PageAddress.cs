using Microsoft.AspNetCore.Components;

namespace LogView.Client.Discover.State;

/// <summary>
/// The page's state and its address, which are one. A change is shown at once and navigated to; the browser tells when it got there. Not for concurrent use.
/// </summary>
internal sealed class PageAddress
{
    private readonly NavigationManager _navigation;

    /// <summary>The state that was last followed.</summary>
    private DiscoverState _followed;

    /// <summary>A navigation under way.</summary>
    private DiscoverState? _going;

    public PageAddress(NavigationManager navigation)
    {
        _navigation = navigation;
        State = _followed = DiscoverUrl.Read(navigation.Uri);
    }

    /// <summary>What the page is about: the address, or what it is about to become.</summary>
    public DiscoverState State { get; private set; }

    /// <summary>True for the address of the page, whatever its state.</summary>
    public static bool IsOfPage(string address) => new Uri(address).AbsolutePath is "/" or DiscoverUrl.Path;

    /// <summary>Goes to another state; false when it is the same.</summary>
    public bool TryGo(DiscoverState state)
    {
        if (state == State)
        {
            return false;
        }

        string address = DiscoverUrl.Write(state.IsSameSearch(State) ? state : state with { Event = null });
        State = DiscoverUrl.Read(_navigation.ToAbsoluteUri(address).AbsoluteUri);
        _going = State;
        _navigation.NavigateTo(address);
        return true;
    }

    /// <summary>Begins with another state than the address says; nothing was searched for yet.</summary>
    public void Begin(DiscoverState state)
    {
        State = _followed = state;
        _navigation.NavigateTo(DiscoverUrl.Write(state), replace: true);
    }

    /// <summary>
    /// Back, Forward, a link or <see cref="TryGo"/> changed the address. Null when there is nothing to follow: a change was made before the browser got here,
    /// whose own navigation comes.
    /// </summary>
    public AddressChange? Follow()
    {
        DiscoverState next = DiscoverUrl.Read(_navigation.Uri);
        if (_going is { } going && next != going)
        {
            return null;
        }

        var change = new AddressChange(IsOtherSearch: !next.IsSameSearch(_followed), IsOtherEvent: next.Event != _followed.Event);
        (State, _followed, _going) = (next, next, null);
        return change;
    }
}

/// <summary>What a new address changed besides looks.</summary>
/// <param name="IsOtherSearch">Other events are asked for.</param>
/// <param name="IsOtherEvent">Another event is to be open.</param>
internal readonly record struct AddressChange(bool IsOtherSearch, bool IsOtherEvent);
