using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.DataStreams;
using LogView.Client.Contracts.Events;
using LogView.Server.Accounts;
using LogView.Server.Api.Json;

namespace LogView.Server.Api.DataStreams;

/// <summary><c>/api/v1/data-streams</c>: what is stored, how long it is kept, and its deletion.</summary>
internal static class DataStreamEndpoints
{
    public static void MapDataStreams(this IEndpointRouteBuilder api)
    {
        api.MapGet("/data-streams", ListAsync)
            .WithName("dataStreams").WithSummary("The data streams that may be searched, with what is stored and kept of them.")
            .Produces<DataStreamsAnswer>().WithParameters(new ParameterList([])).RequireRight(Rights.Search);
        api.MapPut("/data-streams/{name}/retention", SetRetentionAsync)
            .WithName("setRetention").WithSummary("Sets how long and how much of a data stream is kept.")
            .WithBody<RetentionBody>().Produces(StatusCodes.Status204NoContent).RequireRight(Rights.Manage);
        api.MapDelete("/data-streams/{name}/retention", ResetRetentionAsync)
            .WithName("resetRetention").WithSummary("Goes back to the retention of the settings file.")
            .Produces(StatusCodes.Status204NoContent).RequireRight(Rights.Manage);
        api.MapDelete("/data-streams/{name}", DeleteAsync)
            .WithName("deleteDataStream").WithSummary("Deletes a data stream with all its events, for good.")
            .Produces(StatusCodes.Status204NoContent).RequireRight(Rights.Manage);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IDataStreamAdministration administration)
    {
        _ = new QueryParameters(context);
        DataStreamList list = await administration.ListAsync(context.Viewer(), context.RequestAborted);
        return TypedResults.Json(DataStreamsAnswer.Of(list), ApiJson.Options);
    }

    private static async Task<IResult> SetRetentionAsync(HttpContext context, IDataStreamAdministration administration, string name)
    {
        RetentionBody body = await JsonBody.ReadAsync<RetentionBody>(context);
        return await SetAsync(context, administration, name, body.ToRetention());
    }

    private static Task<IResult> ResetRetentionAsync(HttpContext context, IDataStreamAdministration administration, string name) =>
        SetAsync(context, administration, name, retention: null);

    private static async Task<IResult> SetAsync(HttpContext context, IDataStreamAdministration administration, string name, Retention? retention)
    {
        DataStreamName stream = Touchable(context, name);
        string? problem = await administration.SetRetentionAsync(stream, retention, context.Viewer(), context.RequestAborted);
        return problem is null ? TypedResults.NoContent() : throw ApiProblemException.BadRequest(problem);
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, IDataStreamAdministration administration, string name)
    {
        DataStreamName stream = Touchable(context, name);
        return await administration.DeleteAsync(stream, context.Viewer(), context.RequestAborted)
            ? TypedResults.NoContent()
            : throw new ApiProblemException(StatusCodes.Status404NotFound, $"There is no data stream '{stream}'");
    }

    private static DataStreamName Touchable(HttpContext context, string name)
    {
        if (!DataStreamName.TryParse(name, out DataStreamName stream, out string? error))
        {
            throw ApiProblemException.BadRequest(error);
        }

        return context.Viewer().MayTouch(stream)
            ? stream
            : throw new ApiProblemException(StatusCodes.Status403Forbidden, $"This key does not open the data stream '{stream}'");
    }
}
