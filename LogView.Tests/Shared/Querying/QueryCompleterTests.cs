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
        IReadOnlyList<QueryOffer> offers = await Completer().CompleteAsync(text, text.Length, TestContext.Current.CancellationToken);

        Assert.Equal(inserts, offers.Select(o => o.Insert));
        Assert.All(offers, o => Assert.Equal(text.Length, o.Start + o.Length));
    }

    [Fact]
    public async Task Complete_AfterAField_OffersItsValuesQuotedWhereNeeded()
    {
        const string text = "a and host.name: w";

        IReadOnlyList<QueryOffer> offers = await Completer().CompleteAsync(text, text.Length, TestContext.Current.CancellationToken);

        Assert.Equal(["host.name", "w"], _asked);
        Assert.Equal(["web-03", "a b"], offers.Select(o => o.Label));
        Assert.Equal(text.Length - 1, offers[0].Start);
        Assert.Contains("\"a b\" ", offers.Select(o => o.Insert));
    }

    [Fact]
    public async Task Complete_NothingTyped_OffersNothing() => Assert.Empty(await Completer().CompleteAsync("", 0, TestContext.Current.CancellationToken));

    private string?[] _asked = [];

    private QueryCompleter Completer() => new(() => Fields, (field, contains, _) =>
    {
        _asked = [field, contains];
        return Task.FromResult<IReadOnlyList<string>>(["web-03", "a b"]);
    });
}
