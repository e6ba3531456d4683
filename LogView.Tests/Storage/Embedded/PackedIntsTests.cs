using CsCheck;
using LogView.Server.Storage.Embedded.Format;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Embedded;

public sealed class PackedIntsTests
{
    private static readonly Gen<long> Value = Gen.OneOf(
        Gen.Long, Gen.Long[0, 1_000], Gen.Int.Select(i => i * 1_000_000L), Gen.Const(long.MinValue), Gen.Const(long.MaxValue), Gen.Long[-3, 3].Select(i => (1L << 62) + i * 7));

    [Fact]
    public void Values_OfAnySize_AreReadAsWritten() => Value.Array[0, 400].Sample(
        values =>
        {
            var writer = new ByteWriter();
            PackedIntsWriter.Write(writer, values);
            var packed = new PackedInts(writer.Written);

            Assert.Equal(values, packed.ToArray());
            for (int i = 0; i < values.Length; i++)
            {
                Assert.Equal(values[i], packed[i]);
                Assert.InRange(values[i], packed.BlockMin(i / PackedIntsWriter.BlockSize), packed.BlockMaxBound(i / PackedIntsWriter.BlockSize));
            }
        },
        iter: 2_000, seed: Seed.Value);

    [Fact]
    public void Values_WithACommonStep_CostAsMuchAsTheSteps()
    {
        const long Origin = 1_793_491_200_123_456_789;
        var writer = new ByteWriter();

        PackedIntsWriter.Write(writer, [.. Enumerable.Range(0, 128).Select(i => Origin + i * 1_000_000L)]);

        Assert.InRange(writer.Length, 128 * 7 / 8, 128 * 7 / 8 + 50);
    }
}
