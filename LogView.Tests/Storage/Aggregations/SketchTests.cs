using System.Globalization;
using CsCheck;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Aggregations;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Aggregations;

/// <summary>The approximate sums stay within the errors they state, merged in any parts.</summary>
public sealed class SketchTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1_000, 1)]
    [InlineData(100_000, 2)]
    public void Quantiles_AnyDistribution_AreWithinTheError(int count, int kind)
    {
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, count).Select(i => kind switch
        {
            0 => 42.5,
            1 => Math.Exp(random.NextDouble() * 60 - 30) * (random.Next(2) == 0 ? -1 : 1),
            _ => i % 10 == 0 ? 0 : random.Next(1_000_000),
        })];
        var parts = Enumerable.Range(0, 7).Select(_ => new QuantileSketch()).ToArray();
        for (int i = 0; i < count; i++)
        {
            parts[i % parts.Length].Add(values[i]);
        }

        QuantileSketch whole = parts[0];
        foreach (QuantileSketch part in parts[1..])
        {
            whole.Merge(part);
        }

        Array.Sort(values);
        Assert.Equal(count, whole.Count);
        foreach (double fraction in new[] { 0, 0.001, 0.01, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999, 1 })
        {
            double exact = Quantiles.Exact(values, fraction)!.Value;
            Assert.Equal(exact, whole.Quantile(fraction)!.Value, Math.Abs(exact) * QuantileSketch.RelativeError * 1.000001);
        }
    }

    [Fact]
    public void Quantiles_ExtremeAndUnfitNumbers_AreHarmless()
    {
        var sketch = new QuantileSketch();
        foreach (double value in new[] { double.NaN, double.PositiveInfinity, double.MaxValue, double.MinValue, double.Epsilon, 0, -0.0 })
        {
            sketch.Add(value);
        }

        Assert.Equal(5, sketch.Count);
        Assert.Equal(double.MinValue, sketch.Quantile(0)!.Value, Math.Abs(double.MinValue) * 0.01);
        Assert.Equal(0, sketch.Quantile(0.5)!.Value, 1e-300);
        Assert.Equal(double.MaxValue, sketch.Quantile(1)!.Value, double.MaxValue * 0.01);
        Assert.Null(new QuantileSketch().Quantile(0.5));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(CardinalitySketch.MaxExact)]
    [InlineData(20_000)]
    [InlineData(60_000)]
    [InlineData(300_000)]
    public void Cardinality_DistinctValues_AreWithinTheError(int distinct)
    {
        CardinalitySketch[] parts = [new(), new(), new()];
        for (int i = 0; i < distinct; i++)
        {
            string text = i.ToString(CultureInfo.InvariantCulture);
            parts[i % 3].Add(FieldValue.Of(text));
            parts[(i + 1) % 3].Add(FieldValue.Of(text));
        }

        parts[0].Merge(parts[1]);
        parts[0].Merge(parts[2]);

        Assert.Equal(distinct <= CardinalitySketch.MaxExact, parts[0].RelativeError == 0);
        Assert.Equal(distinct, parts[0].Estimate(), distinct * parts[0].RelativeError);
    }

    [Fact]
    public void StableHash_EqualValues_AreEqualAndOthersNot()
    {
        Assert.Equal(StableHash.Of(FieldValue.Of(1L)), StableHash.Of(FieldValue.Of(1.0)));
        Assert.NotEqual(StableHash.Of(FieldValue.Of(1L)), StableHash.Of(FieldValue.Of("1")));
        Assert.NotEqual(StableHash.Of(FieldValue.Of(1L)), StableHash.Of(FieldValue.Of(true)));
        Assert.NotEqual(StableHash.Of(FieldValue.Of(true)), StableHash.Of(FieldValue.Of(false)));
        Assert.Equal(4690457623909037487UL, StableHash.Of(FieldValue.Of("logs")));
    }

    [Fact]
    public void LogBuckets_AnyMagnitude_AreThoseOfTheLogarithm()
    {
        double gamma = 1.01 / 0.99, logGamma = Math.Log(gamma);
        var buckets = new LogBuckets(gamma);

        Gen.Double[-300, 300].Sample(
            exponent =>
            {
                double value = Math.Pow(10, exponent);
                return buckets.IndexOf(value) == (int)Math.Ceiling(Math.Log(value) / logGamma);
            },
            iter: 200_000, seed: Seed.Value);
        for (int value = 1; value < 100_000; value++)
        {
            Assert.Equal((int)Math.Ceiling(Math.Log(value) / logGamma), buckets.IndexOf(value));
        }
    }

    [Fact]
    public void AddFinite_ManyAtOnce_IsAsOneByOne()
    {
        var random = new Random(5);
        double[] values = [.. Enumerable.Range(0, 5_000).Select(i => i % 50 == 0 ? 0 : (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-20, 20)))];
        QuantileSketch whole = new(), single = new();

        whole.AddFinite(values);
        Array.ForEach(values, v => single.Add(v));

        Assert.Equal(single.Count, whole.Count);
        Assert.All(Enumerable.Range(0, 101), percent => Assert.Equal(single.Quantile(percent / 100.0), whole.Quantile(percent / 100.0)));
    }
}
