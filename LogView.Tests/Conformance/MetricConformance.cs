using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;

namespace LogView.Tests.Conformance;

/// <summary>Single numbers, within the error that the answer states.</summary>
public abstract class MetricConformance : BucketConformance
{
    private async Task<double?> MetricAsync(MetricKind kind, string? field) =>
        Assert.IsType<MetricResult>(await AggregateAsync(All, new MetricAggregation(kind, field))).Value;

    [Fact]
    public async Task Metrics_Numbers_LeaveOutWhatIsNoNumber()
    {
        await WriteAsync("""{"n":1}""", """{"n":2.5}""", """{"n":[-4,"x",true]}""", """{"n":"7"}""", "{}");

        Assert.Equal(5, await MetricAsync(MetricKind.Count, null));
        Assert.Equal(6, await MetricAsync(MetricKind.Count, "n"));
        Assert.Equal(-4, await MetricAsync(MetricKind.Min, "n"));
        Assert.Equal(2.5, await MetricAsync(MetricKind.Max, "n"));
        Assert.Equal(-0.5, (await MetricAsync(MetricKind.Sum, "n"))!.Value, 12);
        Assert.Equal(-0.5 / 3, (await MetricAsync(MetricKind.Avg, "n"))!.Value, 12);
    }

    [Fact]
    public async Task Metrics_NoValues_AreNullOrZero()
    {
        await WriteAsync("{}");

        Assert.Null(await MetricAsync(MetricKind.Min, "n"));
        Assert.Null(await MetricAsync(MetricKind.Max, "n"));
        Assert.Null(await MetricAsync(MetricKind.Avg, "n"));
        Assert.Equal(0, await MetricAsync(MetricKind.Sum, "n"));
        Assert.Equal(0, await MetricAsync(MetricKind.Count, "n"));
        Assert.Equal(0, await MetricAsync(MetricKind.Cardinality, "n"));
    }

    [Fact]
    public async Task Sum_TenthsAndLargeNumbers_KeepsTheSmallOnes()
    {
        await WriteAsync([.. Enumerable.Range(0, 1_000).Select(i => Event(new Timestamp(i), """{"n":0.1}""")), Event(new Timestamp(1), """{"n":1e15}""")]);

        Assert.Equal(1_000_000_000_000_100, (await MetricAsync(MetricKind.Sum, "n"))!.Value, 0.2);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(2_000)]
    public async Task Cardinality_DistinctValues_IsWithinItsError(int distinct)
    {
        await WriteAsync([.. Enumerable.Range(0, 3_000).Select(i => Event(new Timestamp(i), $$"""{"k":["v{{i % distinct}}","v0"]}"""))]);

        var result = Assert.IsType<MetricResult>(await AggregateAsync(All, new MetricAggregation(MetricKind.Cardinality, "k")));

        Assert.Equal(distinct, result.Value!.Value, distinct * result.RelativeError);
        Assert.InRange(result.RelativeError, 0, 0.05);
    }

    [Fact]
    public async Task Cardinality_EqualNumbersAndMixedKinds_AreCountedByValue()
    {
        await WriteAsync("""{"k":1}""", """{"k":1.0}""", """{"k":"1"}""", """{"k":true}""", """{"k":1.5}""");

        Assert.Equal(4, await MetricAsync(MetricKind.Cardinality, "k"));
    }

    [Fact]
    public async Task Percentiles_ManyNumbers_AreWithinTheirError()
    {
        var random = new Random(11);
        double[] numbers = [.. Enumerable.Range(0, 2_000).Select(_ => Math.Round(Math.Exp(random.NextDouble() * 12 - 3), 6))];
        await WriteAsync([.. numbers.Select((n, i) => Event(new Timestamp(i), $$"""{"n":{{n.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}}}"""))]);
        Array.Sort(numbers);

        var result = Assert.IsType<PercentilesResult>(await AggregateAsync(All, new PercentilesAggregation("n", [0, 1, 50, 95, 99, 99.9, 100])));

        Assert.InRange(result.RelativeError, 0, 0.05);
        foreach ((double percent, double? value) in result.Values)
        {
            double exact = numbers[(int)Math.Floor(percent / 100 * (numbers.Length - 1) + 1e-9)];
            Assert.InRange(value!.Value, exact * (1 - result.RelativeError) - 1e-9, exact * (1 + result.RelativeError) + 1e-9);
        }
    }

    [Fact]
    public async Task Percentiles_FewNegativeAndZero_AreValuesThatOccurred()
    {
        await WriteAsync("""{"n":-100}""", """{"n":0}""", """{"n":0}""", """{"n":100}""", """{"n":"x"}""");

        var result = Assert.IsType<PercentilesResult>(await AggregateAsync(All, new PercentilesAggregation("n", [1, 50, 99, 100])));

        Assert.Equal(-100, result.Values[1]!.Value, 1.0);
        Assert.Equal(0, result.Values[50]!.Value, 1e-9);
        Assert.Equal(0, result.Values[99]!.Value, 1e-9);
        Assert.Equal(100, result.Values[100]!.Value, 1.0);
    }

    [Fact]
    public async Task Percentiles_NoNumbers_AreNull()
    {
        await WriteAsync("""{"n":"x"}""");

        var result = Assert.IsType<PercentilesResult>(await AggregateAsync(All, new PercentilesAggregation("n", [50])));

        Assert.Null(result.Values[50]);
    }

    [Fact]
    public async Task Metrics_NumbersBeyondDoubles_DoNotSpoilTheRest()
    {
        await WriteAsync("""{"n":1e999}""", """{"n":3}""");

        Assert.Equal(3, await MetricAsync(MetricKind.Sum, "n"));
        Assert.Equal(3, await MetricAsync(MetricKind.Max, "n"));
        var percentiles = Assert.IsType<PercentilesResult>(await AggregateAsync(All, new PercentilesAggregation("n", [100])));
        Assert.Equal(3, percentiles.Values[100]!.Value, 0.1);
        Assert.Equal("[3,4)=1", Text(await BucketsAsync(new HistogramAggregation("n", 1))));
    }
}
