using System.Numerics;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Storage.Aggregations;

/// <summary>
/// Number of distinct values in bounded memory, mergeable: exact up to <see cref="MaxExact"/> values (as 64-bit hashes), then HyperLogLog with
/// 2^14 registers (Flajolet et al. 2007; linear counting below 2.5 registers a value), whose standard error is 0.81 %.
/// </summary>
public sealed class CardinalitySketch
{
    /// <summary>Distinct values counted one by one: 64 KB of hashes, four times the registers.</summary>
    public const int MaxExact = 8_192;

    /// <summary>Three standard errors: 997 of 1,000 answers are within.</summary>
    public const double SketchRelativeError = 0.025;

    private const int IndexBits = 14;
    private const int Registers = 1 << IndexBits;

    private HashSet<ulong>? _exact = [];
    private byte[]? _registers;

    /// <summary>Bytes of memory, about.</summary>
    public long Memory => 100 + 32L * (_exact?.Count ?? 0) + (_registers?.Length ?? 0);

    public double RelativeError => _exact is null ? SketchRelativeError : 0;

    public void Add(FieldValue value) => AddHash(StableHash.Of(value));

    /// <summary>For engines that keep hashes of <see cref="StableHash"/>.</summary>
    public void AddHash(ulong hash)
    {
        if (_exact is null)
        {
            Register(hash);
            return;
        }

        _exact.Add(hash);
        if (_exact.Count > MaxExact)
        {
            GoApproximate();
        }
    }

    public void Merge(CardinalitySketch other)
    {
        if (other._exact is { } hashes)
        {
            foreach (ulong hash in hashes)
            {
                AddHash(hash);
            }

            return;
        }

        GoApproximate();
        for (int i = 0; i < Registers; i++)
        {
            _registers![i] = Math.Max(_registers[i], other._registers![i]);
        }
    }

    public double Estimate()
    {
        if (_exact is { } exact)
        {
            return exact.Count;
        }

        double sum = 0;
        int zeros = 0;
        foreach (byte register in _registers!)
        {
            sum += Math.ScaleB(1, -register);
            zeros += register == 0 ? 1 : 0;
        }

        double raw = 0.7213 / (1 + 1.079 / Registers) * Registers * Registers / sum;
        return Math.Round(raw <= 2.5 * Registers && zeros > 0 ? Registers * Math.Log((double)Registers / zeros) : raw);
    }

    private void GoApproximate()
    {
        _registers ??= new byte[Registers];
        foreach (ulong hash in _exact ?? [])
        {
            Register(hash);
        }

        _exact = null;
    }

    private void Register(ulong hash)
    {
        int index = (int)(hash >> (64 - IndexBits));
        byte rank = (byte)(BitOperations.LeadingZeroCount((hash << IndexBits) | (1UL << (IndexBits - 1))) + 1);
        _registers![index] = Math.Max(_registers[index], rank);
    }
}

/// <summary>64-bit hashes of values that stay the same in every process and on every engine; equal for values with the same canonical form.</summary>
public static class StableHash
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    public static ulong Of(FieldValue value)
    {
        FieldValue canonical = FieldValueOrder.Canonical(value);
        return canonical.Kind switch
        {
            FieldValueKind.String => OfText(canonical.AsString()),
            FieldValueKind.Long => Mix((ulong)canonical.AsLong() ^ 0x9E3779B97F4A7C15),
            FieldValueKind.Double => Mix((ulong)BitConverter.DoubleToInt64Bits(canonical.AsDouble()) ^ 0xC2B2AE3D27D4EB4F),
            _ => Mix(canonical.Kind == FieldValueKind.Boolean && canonical.AsBoolean() ? 1UL : 2UL),
        };
    }

    private static ulong OfText(string text)
    {
        ulong hash = FnvOffset;
        foreach (char c in text)
        {
            hash = (hash ^ c) * FnvPrime;
        }

        return Mix(hash);
    }

    /// <summary>The finalizer of MurmurHash3: every input bit reaches every output bit.</summary>
    private static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
        return hash ^ (hash >> 33);
    }
}
