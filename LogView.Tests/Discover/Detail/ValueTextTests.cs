using LogView.Client.Discover.Detail;

namespace LogView.Tests.Discover.Detail;

public class ValueTextTests
{
    [Theory]
    [InlineData("""{"user":"김","items":[1,2.50],"ok":true}""", "{\n  \"user\": \"김\",\n  \"items\": [\n    1,\n    2.50\n  ],\n  \"ok\": true\n}")]
    [InlineData(""" [{"a":1e400}] """, "[\n  {\n    \"a\": 1e400\n  }\n]")]
    public void Indented_Json_HasALinePerMember(string value, string shown) => Assert.Equal(shown, ValueText.Indented(value));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{not json}")]
    [InlineData("[main] started in [3 s]")]
    [InlineData("12")]
    [InlineData("\"text\"")]
    [InlineData("{\n\"a\": 1}")]
    [InlineData("""{"half":"\ud800"}""")]
    public void Indented_Else_IsLeftAsItIs(string value) => Assert.Null(ValueText.Indented(value));
}
