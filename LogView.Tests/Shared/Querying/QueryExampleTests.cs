using LogView.Client.Contracts.Query;
using LogView.Client.Language;
using LogView.Client.Shared.Querying;

namespace LogView.Tests.Shared.Querying;

public class QueryExampleTests
{
    [Theory]
    [InlineData(QueryLanguage.LogView)]
    [InlineData(QueryLanguage.Lucene)]
    public void Examples_OfALanguage_AreQueries(QueryLanguage language) =>
        Assert.All(QueryExample.Of(language), e => Assert.Null(QueryParser.Parse(e.Query, language).Error));
}
