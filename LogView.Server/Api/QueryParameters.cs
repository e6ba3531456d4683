using System.Globalization;
using LogView.Server.Api.Json;
using Microsoft.Extensions.Primitives;

namespace LogView.Server.Api;

/// <summary>The query string of one request, read strictly: names that nobody asked for are a problem, as are values that do not fit.</summary>
internal sealed class QueryParameters
{
    private readonly IQueryCollection _query;

    /// <summary>Throws <see cref="ApiProblemException"/> for a name that the endpoint's <see cref="ParameterList"/> does not have, or one given twice.</summary>
    public QueryParameters(HttpContext context)
    {
        _query = context.Request.Query;
        string[] known = [.. context.GetEndpoint()!.Metadata.GetRequiredMetadata<ParameterList>().Parameters.Select(p => p.Name)];
        foreach ((string name, StringValues values) in _query)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                throw ApiProblemException.BadRequest($"unknown parameter '{Names.Shorten(name)}'; {Names.Hint(name, known)}");
            }

            if (values.Count > 1)
            {
                throw ApiProblemException.BadRequest($"'{name}' is given {values.Count} times: expected once");
            }
        }
    }

    /// <summary>Null when it is not there or empty.</summary>
    public string? Text(string name) => _query[name] is [{ Length: > 0 } value] ? value : null;

    public string Required(string name) => Text(name) ?? throw ApiProblemException.BadRequest($"'{name}' is missing");

    public int? Whole(string name) => Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number
        : throw ApiProblemException.BadRequest($"'{name}' is '{Names.Shorten(text)}': expected a whole number");

    public bool? Flag(string name) => Text(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        { } other => throw ApiProblemException.BadRequest($"'{name}' is '{Names.Shorten(other)}': expected true or false"),
    };

    public T? Word<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        T? found = Enum.GetValues<T>().Where(v => string.Equals(v.ToString().ToLowerInvariant(), text, StringComparison.Ordinal)).Cast<T?>().FirstOrDefault();
        return found ?? throw ApiProblemException.BadRequest(
            $"'{name}' is '{Names.Shorten(text)}': expected one of {string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}");
    }

    /// <summary>Names separated by commas.</summary>
    public IReadOnlyList<string> List(string name) =>
        Text(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
