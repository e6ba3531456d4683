using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Shared.Querying;

namespace LogView.Tests.Shared.Querying;

public class QueryCompleterTests
{
    private static readonly FieldInfo[] Fields =
    [
        new("log.level", FieldType.Keyword, 900), new("log.logger", FieldType.Keyword, 100), new("app.log.path", FieldType.Keyword, 1_000), new("host.name", FieldType.Keyword, 1),
    ];

    [Theory]
    [InlineData("log", "log.level: ", "log.logger: ", "app.log.path: ")]
    [InlineData("error and log.le", "log.level: ")]
    public async Task Complete_Word_OffersFieldsThatBeginWithItFirst(string text, params string[] inserts)
    {
        IReadOnlyList<QueryOffer> offers = await Completer().CompleteAsync(text, text.Length, QueryLanguage.LogView, TestContext.Current.CancellationToken);

        Assert.Equal(inserts, offers.Select(o => o.Insert));
        Assert.All(offers, o => Assert.Equal(text.Length, o.Start + o.Length));
    }

    [Fact]
    public async Task Complete_AfterAField_OffersItsValuesQuotedWhereNeeded()
    {
        const string text = "a and host.name: w";

        IReadOnlyList<QueryOffer> offers = await Completer().CompleteAsync(text, text.Length, QueryLanguage.LogView, TestContext.Current.CancellationToken);

        Assert.Equal(["host.name", "w"], _asked);
        Assert.Equal(["web-03", "a b"], offers.Select(o => o.Label));
        Assert.Equal(text.Length - 1, offers[0].Start);
        Assert.Contains("\"a b\" ", offers.Select(o => o.Insert));
    }

    [Fact]
    public async Task Complete_NothingTyped_OffersKeywordsAndTheMostFrequentFields() => Assert.Equal(
        ["and", "or", "not", "app.log.path", "log.level", "log.logger", "host.name"],
        (await Completer().CompleteAsync("", 0, QueryLanguage.LogView, TestContext.Current.CancellationToken)).Select(o => o.Label));

    [Theory]
    [InlineData("log.level", "LogView", ":", ">=", "<=", ">", "<")]
    [InlineData("host.name: w an", "LogView")]
    [InlineData("host.name:x a", "Lucene", "AND", "app.log.path", "host.name")]
    [InlineData("n >= 5 a", "LogView", "and", "app.log.path", "host.name")]
    public async Task Complete_Keywords_FitThePlace(string text, string language, params string[] labels)
    {
        IReadOnlyList<QueryOffer> offers = await Completer().CompleteAsync(text, text.Length, Enum.Parse<QueryLanguage>(language), TestContext.Current.CancellationToken);

        Assert.Equal(labels, offers.Select(o => o.Label).Where(l => l is not ("web-03" or "a b")));
    }

    [Fact]
    public async Task Complete_Lucene_EscapesAsLuceneDoes()
    {
        IReadOnlyList<QueryOffer> values = await Completer().CompleteAsync("host.name:w", 11, QueryLanguage.Lucene, TestContext.Current.CancellationToken);
        IReadOnlyList<QueryOffer> names = await Completer().CompleteAsync("ho", 2, QueryLanguage.Lucene, TestContext.Current.CancellationToken);

        Assert.Equal(["web\\-03 ", "\"a b\" "], values.Select(o => o.Insert));
        Assert.Equal("host.name:", Assert.Single(names).Insert);
        Assert.Equal("1,200", values[0].Detail);
    }

    private string?[] _asked = [];

    private QueryCompleter Completer() => new(() => Fields, (field, contains, _) =>
    {
        _asked = [field, contains];
        return Task.FromResult<IReadOnlyList<FieldValueCount>>([new(FieldValue.Of("web-03"), 1_200), new(FieldValue.Of("a b"), 3)]);
    });
}
