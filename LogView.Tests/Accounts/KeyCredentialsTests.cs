using System.Text;
using LogView.Server.Accounts.Access;
using Microsoft.AspNetCore.Http;

namespace LogView.Tests.Accounts;

public sealed class KeyCredentialsTests
{
    [Theory]
    [InlineData("ApiKey lv_abc", "lv_abc")]
    [InlineData("apikey lv_abc", "lv_abc")]
    [InlineData("Bearer lv_abc", "lv_abc")]
    [InlineData("Splunk lv_abc", "lv_abc")]
    [InlineData("lv_abc", "lv_abc")]
    public void Find_KeyItself_IsTheFirstGuess(string header, string expected)
    {
        Assert.Equal(expected, KeyCredentials.Find(new HeaderDictionary { ["Authorization"] = header })[0]);
    }

    [Theory]
    [InlineData("ApiKey")]
    [InlineData("Bearer")]
    [InlineData("Basic")]
    public void Find_Base64OfNameAndKey_HasTheKey(string scheme)
    {
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes("elastic:lv_a:bc"));

        Assert.Contains("lv_a:bc", KeyCredentials.Find(new HeaderDictionary { ["Authorization"] = $"{scheme} {encoded}" }));
    }

    [Fact]
    public void Find_SeqHeader_IsTheKey()
    {
        Assert.Equal(["lv_abc"], KeyCredentials.Find(new HeaderDictionary { ["X-Seq-ApiKey"] = "lv_abc" }));
    }

    [Fact]
    public void Find_NothingSent_IsEmpty()
    {
        Assert.Empty(KeyCredentials.Find(new HeaderDictionary()));
    }

    [Fact]
    public void Find_HugeHeader_IsNotDecoded()
    {
        Assert.Single(KeyCredentials.Find(new HeaderDictionary { ["Authorization"] = "Basic " + new string('A', 100_000) }));
    }
}
