using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Health;
using LogView.Server.Accounts;
using LogView.Server.Accounts.Access;
using LogView.Server.Api.Json;

namespace LogView.Server.Hosting.Health;

/// <summary><c>/health</c> for people and monitors, and the state of followed files.</summary>
public static class HealthEndpoints
{
    public static void MapHealthDetails(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health", Health).RequireRight(Rights.Search).WithMetadata(new OpenToThisMachine()).ExcludeFromDescription();
        endpoints.MapGet("/api/v1/sources/files", Files).RequireRight(Rights.Manage).WithTags("Sources")
            .WithSummary("Every file that is followed or refused, and how far it was read.").Produces<FilesAnswer>();
    }

    private static IResult Health(IServerHealth health)
    {
        HealthReport report = health.Report;
        return Results.Json(
            new HealthAnswer(
                report.IsDegraded ? "degraded" : "healthy", report.Findings, report.Engine, report.Events, report.EvictedEvents, report.DurableSequence, report.WaitingEvents),
            ApiJson.Options);
    }

    private static IResult Files(HttpContext context, IServerHealth health) =>
        Results.Json(
            new FilesAnswer([.. health.Files(context.Viewer()).Select(f => new FileAnswer(
                f.Path, f.DataStream, f.State, f.Format, f.Offset, f.Size, f.LagBytes, f.LastEventAt?.ToString(), f.Error))]),
            ApiJson.Options);
}

/// <param name="Status">healthy or degraded.</param>
/// <param name="Findings">What is not as it should be, and what to do.</param>
/// <param name="Engine">Of the event store.</param>
/// <param name="Events">Events that can be searched.</param>
/// <param name="EvictedEvents">Events that left because of a bound, since the start.</param>
/// <param name="DurableSequence">Newest acknowledged event.</param>
/// <param name="WaitingEvents">Acknowledged events that are not searchable yet.</param>
public sealed record HealthAnswer(
    string Status, IReadOnlyList<HealthFinding> Findings, string Engine, long Events, long EvictedEvents, long DurableSequence, long WaitingEvents);

public sealed record FilesAnswer(IReadOnlyList<FileAnswer> Files);

/// <param name="State">following, leaving, done, binary or failing.</param>
/// <param name="LastEventAt">RFC 3339; null: no event since the start.</param>
/// <param name="Error">Why it cannot be read, or null.</param>
public sealed record FileAnswer(
    string Path, string DataStream, string State, string? Format, long Offset, long Size, long LagBytes, string? LastEventAt, string? Error);
