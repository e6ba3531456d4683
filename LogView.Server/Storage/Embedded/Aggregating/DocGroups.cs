using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Columns;
using LogView.Server.Storage.Embedded.Documents;

namespace LogView.Server.Storage.Embedded.Aggregating;

/// <summary>Splits events by a key computed from each value of a field; an event is once in the group of each key its values have.</summary>
internal sealed class DocGroups<TKey>(Func<FieldValue, TKey?> keyOf)
    where TKey : struct
{
    private const int ReadAtOnce = 1_024;

    private readonly Dictionary<TKey, List<int>> _groups = [];
    private readonly ValueBatch _batch = new();

    public IEnumerable<(TKey Key, DocSet Docs)> Groups => _groups.Select(g => (g.Key, DocSets.OfUnsorted(g.Value)));

    public void Add(FieldColumns columns, DocSet docs, CancellationToken cancellationToken)
    {
        foreach (ValueColumn column in columns.Values)
        {
            (TKey? Key, bool IsKnown)[]? byCode = column is CodedColumn coded ? new (TKey?, bool)[coded.CodeCount] : null;
            var walk = new DocWalk(docs);
            var run = new int[ReadAtOnce];
            for (int taken = walk.Next(run); taken > 0; taken = walk.Next(run))
            {
                cancellationToken.ThrowIfCancellationRequested();
                column.Gather(run.AsSpan(0, taken), _batch);
                for (int i = 0; i < _batch.Count; i++)
                {
                    if (KeyAt(column, i, byCode) is { } key)
                    {
                        Add(key, run[_batch.Rows[i]]);
                    }
                }
            }
        }
    }

    private TKey? KeyAt(ValueColumn column, int index, (TKey? Key, bool IsKnown)[]? byCode)
    {
        if (byCode is null)
        {
            return keyOf(column.ValueAt(_batch, index));
        }

        ref (TKey? Key, bool IsKnown) known = ref byCode[_batch.Codes[index]];
        if (!known.IsKnown)
        {
            known = (keyOf(column.ValueAt(_batch, index)), true);
        }

        return known.Key;
    }

    private void Add(TKey key, int doc)
    {
        if (!_groups.TryGetValue(key, out List<int>? docs))
        {
            _groups[key] = docs = [];
        }

        if (docs.Count == 0 || docs[^1] != doc)
        {
            docs.Add(doc);
        }
    }
}
