using LogView.Client.Contracts.Query;

namespace LogView.Client.Shared.Querying;

/// <summary>One line of the cheat sheet.</summary>
/// <param name="Query">Can be run as it stands.</param>
/// <param name="Meaning">Key of <see cref="SharedText"/>.</param>
public sealed record QueryExample(string Query, string Meaning)
{
    private static readonly QueryExample[] LogView =
    [
        new("timeout", "a word in the text"),
        new("\"connection refused\"", "words next to each other"),
        new("log.level: error", "a field has the value"),
        new("log.level: (error or fatal)", "one of several values"),
        new("log.level:~error", "in any case: error, ERROR"),
        new("not service.name: payment", "everything but that"),
        new("http.response.status_code >= 500", "a range of numbers"),
        new("@timestamp >= now-15m", "the last 15 minutes"),
        new("service.name: check*", "what begins with it"),
        new("message: /took \\d+ ms/", "a regular expression"),
        new("client.ip: 10.0.0.0/8", "addresses of a network"),
        new("trace.id: *", "the field exists"),
    ];

    private static readonly QueryExample[] Lucene =
    [
        new("timeout", "a word in the text"),
        new("\"connection refused\"", "words next to each other"),
        new("log.level:error", "a field has the value"),
        new("log.level:(error OR fatal)", "one of several values"),
        new("NOT service.name:payment", "everything but that"),
        new("http.response.status_code:>=500", "a range of numbers"),
        new("@timestamp:[now-15m TO now]", "the last 15 minutes"),
        new("service.name:check*", "what begins with it"),
        new("message:/time.?out/", "a regular expression"),
        new("timeot~", "a word with a typing error"),
        new("_exists_:trace.id", "the field exists"),
    ];

    public static IReadOnlyList<QueryExample> Of(QueryLanguage language) => language == QueryLanguage.Lucene ? Lucene : LogView;
}
