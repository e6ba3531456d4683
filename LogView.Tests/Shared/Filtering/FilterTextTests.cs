using CsCheck;
using LogView.Client.Contracts.Search;
using LogView.Client.Shared.Filtering;
using LogView.Tests.Testing;

namespace LogView.Tests.Shared.Filtering;

public class FilterTextTests
{
    public static TheoryData<SearchFilter, string> Forms => new()
    {
        { new SearchFilter { Field = "log.level", Is = "error" }, "is:log.level:error" },
        { new SearchFilter { Field = "host.name", Is = "web-03", Negate = true }, "!is:host.name:web-03" },
        { new SearchFilter { Field = "trace.id", Exists = true, Disabled = true }, "~exists:trace.id" },
        { new SearchFilter { Field = "trace.id", Exists = false }, "missing:trace.id" },
        { new SearchFilter { Field = "log.level", OneOf = ["error", "a,b"] }, @"in:log.level:error,a\,b" },
        { new SearchFilter { Field = "status", Gte = "500", Lt = "600" }, "range:status:gte=500,lt=600" },
        { new SearchFilter { Field = "a:b", Is = @"c:\d" }, @"is:a\:b:c:\\d" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Write_Filter_GivesItsForm(SearchFilter filter, string text)
    {
        Assert.Equal(text, FilterText.Write(filter));
        Assert.True(FilterSet.Same(filter, FilterText.Read(text)!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("is")]
    [InlineData("is:")]
    [InlineData("is:field")]
    [InlineData("like:field:x")]
    [InlineData("range:status:")]
    [InlineData("range:status:500")]
    [InlineData("exists:")]
    public void Read_NoFilter_GivesNull(string text) => Assert.Null(FilterText.Read(text));

    [Fact]
    public void ReadAfterWrite_AnyFilter_GivesItBack() =>
        Generators.Filter.Sample(f => FilterText.Read(FilterText.Write(f)) is { } back && FilterSet.Same(f, back), seed: Seed.Value);

    [Fact]
    public void Read_AnyText_NeverThrows() => Generators.AwkwardText.Sample(t => _ = FilterText.Read("~!in:" + t), seed: Seed.Value);
}
