using System.Text;
using System.Text.Json;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Search;
using LogView.Server.Accounts;
using LogView.Server.Api.Json;

namespace LogView.Server.Api.Search;

/// <summary>Streams every hit as NDJSON or CSV. A failure on the way breaks the connection: a cut export must not look whole.</summary>
internal static class ExportEndpoint
{
    /// <summary>Characters gathered before they are sent.</summary>
    private const int FlushAt = 64 * 1024;

    private const int MaxColumns = 1_000;

    private static readonly ParameterList Parameters = RequestParameters.Which.With(
        new Parameter("sort", "Field:order, several separated by commas; newest first if missing."),
        new Parameter("format", "What to write.", Words: ["ndjson", "csv"]),
        new Parameter("columns", "Fields, separated by commas; also @id, @dataStream and @source for CSV."),
        new Parameter("formulas", "What CSV does with texts that a spreadsheet would run: escape puts an apostrophe before them.", Words: ["escape", "keep"]),
        new Parameter("bom", "Whether CSV begins with a byte order mark, which Excel needs to read UTF-8.", Type: "boolean"));

    private enum Format
    {
        Ndjson,
        Csv,
    }

    private enum Formulas
    {
        Escape,
        Keep,
    }

    public static void MapExport(this IEndpointRouteBuilder api) => api.MapGet("/export", ExportAsync)
        .WithName("export").WithSummary("Every hit, streamed.")
        .Produces<HitAnswer>(StatusCodes.Status200OK, "application/x-ndjson", "text/csv")
        .WithParameters(Parameters).RequireRight(Rights.Search);

    private static async Task<IResult> ExportAsync(HttpContext context, ISearchService search)
    {
        var parameters = new QueryParameters(context);
        Format format = parameters.Word<Format>("format") ?? Format.Ndjson;
        IReadOnlyList<string> columns = parameters.List("columns");
        var csv = new Csv(columns.Count > 0 ? columns : Csv.DefaultColumns, parameters.Word<Formulas>("formulas") == Formulas.Keep);
        bool mark = parameters.Flag("bom") ?? false;
        Check(columns, format);
        SearchRequest request = RequestParameters.ReadWhich(parameters) with { Sort = RequestParameters.ReadSort(parameters) };
        ExportOutcome outcome = await search.ExportAsync(request, context.Viewer(), context.RequestAborted);
        if (outcome.Problem is { } problem)
        {
            throw ApiProblemException.Of(problem);
        }

        context.Response.ContentType = format == Format.Csv ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"logview-export.{(format == Format.Csv ? "csv" : "ndjson")}\"";
        await (format == Format.Csv
            ? WriteAsync(context, outcome, (mark ? "\uFEFF" : "") + csv.Header(), csv.AppendLine, Csv.NoteLine)
            : WriteAsync(context, outcome, "", NdjsonLine(new FieldSelection(columns), withSource: columns.Count == 0), NdjsonNote));
        return Results.Empty;
    }

    private static void Check(IReadOnlyList<string> columns, Format format)
    {
        if (columns.Count > MaxColumns)
        {
            throw ApiProblemException.BadRequest($"'columns' has {columns.Count} entries: expected at most {MaxColumns}");
        }

        if (format == Format.Csv && columns.FirstOrDefault(c => c.Contains('*', StringComparison.Ordinal)) is { } pattern)
        {
            throw ApiProblemException.BadRequest($"'columns' has the pattern '{Names.Shorten(pattern)}': CSV needs names of fields");
        }
    }

    private static Action<StringBuilder, Hit> NdjsonLine(FieldSelection fields, bool withSource) => (text, hit) =>
    {
        HitAnswer answer = Answers.OnOneLine(Answers.Of(hit, fields, withSource));
        text.Append(JsonSerializer.Serialize(answer, ApiJson.Options)).Append('\n');
    };

    private static string NdjsonNote(SearchNote note) =>
        JsonSerializer.Serialize(new ExportNote(new NoteAnswer(note.Code, note.Message, note.Field)), ApiJson.Options) + "\n";

    private static async Task WriteAsync(HttpContext context, ExportOutcome outcome, string start, Action<StringBuilder, Hit> append, Func<SearchNote, string> write)
    {
        var text = new StringBuilder(start);
        try
        {
            await foreach (Hit hit in outcome.Hits!.WithCancellation(context.RequestAborted))
            {
                append(text, hit);
                if (text.Length >= FlushAt)
                {
                    await FlushAsync(context, text);
                }
            }

            text.AppendJoin("", outcome.Notes().Select(write));
            await FlushAsync(context, text);
        }
        catch (Exception) when (context.Response.HasStarted)
        {
            context.Abort();
            throw;
        }
    }

    private static async Task FlushAsync(HttpContext context, StringBuilder text)
    {
        await context.Response.WriteAsync(text.ToString(), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        text.Clear();
    }
}
