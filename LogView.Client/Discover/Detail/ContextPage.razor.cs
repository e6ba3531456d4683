using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Time;
using LogView.Client.Discover.State;
using LogView.Client.Shared;
using LogView.Client.Shared.Timing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;

namespace LogView.Client.Discover.Detail;

/// <summary>The context of one event as a page with its own address.</summary>
public partial class ContextPage : IDisposable
{
    /// <summary>On either side of the event, when it is shown in Discover.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromMinutes(5);

    private readonly Lifetime _life = new();
    private ContextChoice _choice = new(null, null, null, null);
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private Viewer? _viewer;
    private Hit? _hit;
    private string? _problem;

    [Inject]
    private ISearchService Service { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IStringLocalizer<DiscoverText> Text { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    public void Dispose()
    {
        _life.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override async Task OnInitializedAsync()
    {
        _choice = ContextChoice.Read(Navigation.Uri);
        _zone = ZoneTime.Zone(_choice.Zone);
        _viewer = Authentication is null ? null : ViewerClaims.ToViewer((await Authentication).User);
        try
        {
            LogEvent? found = _choice.Event is { } link && _viewer is not null ? await Service.FindAsync(link.DataStream, link.Id, _viewer, _life.Token) : null;
            _hit = found is null ? null : new Hit(found);
            _problem = found is null ? Text["The event this link leads to is not there (any more), or you may not see it."].Value : null;
        }
        catch (SearchUnavailableException e)
        {
            _problem = Text["The event this link leads to cannot be read now: {0}", e.Message];
        }
        catch (OperationCanceledException)
        {
            // Nobody looks any more.
        }
    }

    private void Remember(ContextChoice choice) => Navigation.NavigateTo(choice.Write(), replace: true);

    private string InDiscover(Hit hit) => DiscoverUrl.Write(new DiscoverState
    {
        Zone = _choice.Zone,
        DataStream = hit.Event.DataStream.Value,
        Event = new EventLink(hit.Event.DataStream, hit.Event.Id),
        Range = new TimeRangeExpression(Moved(hit, -Around).ToString(), Moved(hit, Around).ToString()),
    });

    private static Timestamp Moved(Hit hit, TimeSpan by) =>
        new((long)Int128.Clamp((Int128)hit.Event.Timestamp.UnixNanoseconds + (by.Ticks * 100), Timestamp.MinValue.UnixNanoseconds, Timestamp.MaxValue.UnixNanoseconds));
}
