using CsCheck;
using LogView.Client.Contracts.Query;
using LogView.Client.Contracts.Search;
using LogView.Client.Tailing;

namespace LogView.Tests.Tailing;

public class TailUrlTests
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char["ab ,:\\&=?#%+한*\"'/"], 1, 8];

    [Fact]
    public void Write_AnyState_ReadsBackTheSame()
    {
        Gen<SearchFilter> filter = Gen.Select(Text, Text, Gen.Bool, Gen.Bool).Select(f => new SearchFilter { Field = f.Item1, Is = f.Item2, Negate = f.Item3, Disabled = f.Item4 });
        Gen<TailState> state = Gen.Select(Text, Gen.Bool, Text, filter.Array[0, 3], Text.Array[0, 4], Gen.Int[0, 2].Select(i => new[] { null, "UTC", "Asia/Seoul" }[i])).Select(s => new TailState
        {
            Query = s.Item1,
            Language = s.Item2 ? QueryLanguage.Lucene : QueryLanguage.LogView,
            DataStream = s.Item3,
            Filters = s.Item4,
            Zone = s.Item6,
            Columns = [.. s.Item5.Distinct(StringComparer.Ordinal), TailState.MessageColumn],
        });

        state.Sample(s => TailUrl.Read(TailUrl.Write(s)) == s, seed: Environment.GetEnvironmentVariable("LOGVIEW_SEED"));
    }

    [Fact]
    public void Write_Default_IsThePathAlone() => Assert.Equal("/tail", TailUrl.Write(new TailState()));

    [Theory]
    [InlineData("/tail?f=nonsense&cols=,,&lang=sql")]
    [InlineData("/tail?q=&ds=")]
    [InlineData("https://logs.example/tail?%ZZ=%")]
    public void Read_AnythingElse_IsTheDefault(string address)
    {
        TailState state = TailUrl.Read(address);

        Assert.Equal(("", QueryLanguage.LogView, (string?)null, 0), (state.Query, state.Language, state.DataStream, state.Filters.Count));
    }

    [Fact]
    public void WithColumn_NewField_StandsBeforeTheMessage()
    {
        TailState state = new TailState().WithColumn("host.name").WithColumn("host.name");

        Assert.Equal(["service.name", "host.name", "message"], state.Columns);
        Assert.Equal(["host.name"], state.WithoutColumn("service.name").ToRequest().Columns);
    }

    [Fact]
    public void ToRequest_DisabledFilters_AreLeftOut()
    {
        TailState state = new() { Filters = [new() { Field = "a", Is = "1", Disabled = true }, new() { Field = "b", Is = "2" }] };

        Assert.Equal("b", Assert.Single(state.ToRequest().Filters).Field);
    }
}
