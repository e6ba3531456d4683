using LogView.Client.Contracts.Accounts;

namespace LogView.Client.Contracts.Setup;

/// <summary>What the page of an empty store offers, so that the first events are one click away. Safe for concurrent use.</summary>
public interface IFirstRun
{
    /// <summary>Where shippers send to, and what can be started here. Cheap: called while a page is drawn.</summary>
    FirstRunOffer Offer { get; }

    /// <summary>
    /// Starts made-up events of a small shop: history at once, then live, until the process ends. Idempotent. Needs
    /// <see cref="Rights.Manage"/>. Returns once the first events can be searched.
    /// </summary>
    Task<FirstRunOutcome> StartDemoAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>Starts following the log files of this machine. Idempotent. Needs <see cref="Rights.Manage"/>.</summary>
    Task<FirstRunOutcome> FollowVarLogAsync(Viewer viewer, CancellationToken cancellationToken);
}

/// <param name="PageAddress">Base address of the page and of <c>/ingest/…</c>, without a trailing slash.</param>
/// <param name="ElasticAddress">Base address of the Elasticsearch-compatible port; null when it is not listening.</param>
/// <param name="CanFollowVarLog">This machine has a <c>/var/log</c> that the process can read.</param>
/// <param name="IngestNeedsKey">Shippers have to send an ingestion key.</param>
public sealed record FirstRunOffer(string PageAddress, string? ElasticAddress, bool CanFollowVarLog, bool IngestNeedsKey);

/// <param name="Started">False: <paramref name="Message"/> says why not.</param>
/// <param name="Message">One sentence for people.</param>
public sealed record FirstRunOutcome(bool Started, string Message);
