using System.Runtime.CompilerServices;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Documents;

namespace LogView.Server.Storage.Embedded.Aggregating;

/// <summary>Reads the numbers that a field has in a set of events: whole blocks where the set is a stretch, else event by event. Not safe for concurrent use.</summary>
internal sealed class NumberReader
{
    private const int ReadAtOnce = 1_024;

    private readonly ValueBatch _batch = new();
    private readonly int[] _docs = new int[ReadAtOnce];
    private double[] _numbers = new double[ReadAtOnce];

    /// <summary>Gives all of them to the sinks.</summary>
    public void Read(SegmentAggregation run, NumberSinks sinks, DocSet docs)
    {
        foreach (ValueColumn column in run.Segment.Columns(sinks.Field).Values)
        {
            if (column is NumberColumn { Layout: not ColumnLayout.Listed } full && full.Kind != FieldValueKind.Boolean && docs.IsRange)
            {
                ReadStretch(run, full, sinks, docs.From, docs.To);
            }
            else
            {
                ReadGathered(run, column, sinks, docs);
            }
        }
    }

    private void ReadStretch(SegmentAggregation run, NumberColumn column, NumberSinks sinks, int from, int to)
    {
        const int Block = NumberColumn.BlockSize;
        int filled = 0;
        for (int block = from / Block; block * Block < to; block++)
        {
            int count = column.ReadNumbers(block, _numbers.AsSpan(filled, Block));
            int first = Math.Max(0, from - block * Block), end = Math.Min(count, to - block * Block);
            filled += Keep(_numbers.AsSpan(filled, Block), block * Block, first, end, column.Present);
            if (filled + Block > ReadAtOnce)
            {
                run.CancellationToken.ThrowIfCancellationRequested();
                Give(sinks, filled);
                filled = 0;
            }
        }

        Give(sinks, filled);
    }

    /// <summary>Moves the numbers <c>[first, end)</c> of a block to its front, without those that no event has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Keep(Span<double> block, int origin, int first, int end, ReadOnlySpan<ulong> present)
    {
        if (present.IsEmpty)
        {
            if (first > 0)
            {
                block[first..end].CopyTo(block);
            }

            return end - first;
        }

        int kept = 0;
        for (int i = first; i < end; i++)
        {
            int doc = origin + i;
            block[kept] = block[i];
            kept += (int)(present[doc >> 6] >> (doc & 63)) & 1;
        }

        return kept;
    }

    private void ReadGathered(SegmentAggregation run, ValueColumn column, NumberSinks sinks, DocSet docs)
    {
        double[] byCode = column is CodedColumn coded ? NumbersOf(coded) : [];
        var walk = new DocWalk(docs);
        for (int taken = walk.Next(_docs); taken > 0; taken = walk.Next(_docs))
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            column.Gather(_docs.AsSpan(0, taken), _batch);
            _numbers = _numbers.Length < _batch.Count ? new double[_batch.Count] : _numbers;
            if (column is NumberColumn numbers)
            {
                for (int i = 0; i < _batch.Count; i++)
                {
                    _numbers[i] = numbers.Kind == FieldValueKind.Boolean ? double.NaN : numbers.NumberOf(_batch.Raw[i]);
                }
            }
            else
            {
                for (int i = 0; i < _batch.Count; i++)
                {
                    _numbers[i] = byCode[_batch.Codes[i]];
                }
            }

            Give(sinks, _batch.Count);
        }
    }

    /// <summary>The first <paramref name="count"/> numbers, of which those that are not finite are counted only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Give(NumberSinks sinks, int count)
    {
        int finite = 0;
        for (int i = 0; i < count; i++)
        {
            double number = _numbers[i];
            _numbers[finite] = number;
            finite += double.IsFinite(number) ? 1 : 0;
        }

        sinks.AddValues(_numbers.AsSpan(0, finite), count - finite);
    }

    /// <summary>The number of each code; not a number for texts and booleans.</summary>
    private static double[] NumbersOf(CodedColumn column)
    {
        var numbers = new double[column.CodeCount];
        for (int code = 0; code < numbers.Length; code++)
        {
            numbers[code] = column.Kind is FieldValueKind.Long or FieldValueKind.Double ? column.ValueOf(code).AsDouble() : double.NaN;
        }

        return numbers;
    }
}
