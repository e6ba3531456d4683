using System.Runtime.CompilerServices;
using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Rows;
using LogView.Client.Language.Patterns;

namespace LogView.Client.Discover.Lines;

/// <summary>
/// Finds runs among the rows that are here. A run never reaches over a row that is not: what was not read is not counted. One thread at a time.
/// </summary>
internal sealed class RunFinder
{
    private readonly MessageMasker _masker = new();
    private readonly ConditionalWeakTable<IReadOnlyList<Hit>, string?[]> _kinds = [];

    /// <param name="rows">Where to look.</param>
    /// <param name="isUnfolded">Whether somebody wants to see each row of the run that an event is in.</param>
    /// <param name="apart">Position of a row that stands alone; -1: none.</param>
    public IReadOnlyList<RowRun> Find(LoadedRows rows, Func<Hit, bool> isUnfolded, int apart = -1)
    {
        List<RowRun> runs = [];
        Open? open = null;
        foreach (RowBlock block in rows.Blocks)
        {
            string?[] kinds = _kinds.GetValue(block.Hits, Kinds);
            for (int i = 0; i < kinds.Length; i++)
            {
                int position = block.Start + i;
                bool isAlone = kinds[i] is null || position == apart;
                if (open is not { } run || run.End != position || isAlone || position % RowRun.Most == 0 || !string.Equals(run.Kind, kinds[i], StringComparison.Ordinal))
                {
                    Close();
                    open = isAlone ? null : new Open(position, position + 1, kinds[i]!);
                }
                else
                {
                    open = run with { End = position + 1 };
                }
            }
        }

        Close();
        return runs;

        void Close()
        {
            if (open is { } run && run.End - run.Start > 1)
            {
                bool mayGoOn = IsUnread(run.Start - 1, run.Start) || IsUnread(run.End, run.End);
                runs.Add(new RowRun(run.Start, run.End - run.Start, mayGoOn, Enumerable.Range(run.Start, run.End - run.Start).Any(p => rows[p] is { } hit && isUnfolded(hit))));
            }
        }

        bool IsUnread(int position, int border) => position >= 0 && position < rows.Total && border % RowRun.Most != 0 && rows[position] is null;
    }

    private string?[] Kinds(IReadOnlyList<Hit> hits) => [.. hits.Select(Kind)];

    /// <summary>Rows of one kind are alike; null is like no other.</summary>
    private string? Kind(Hit hit)
    {
        string message = hit.Fields.First("message").ToString();
        return message.Length == 0 ? null : $"{hit.Fields.First("log.level")}\n{_masker.Mask(message)}";
    }

    private readonly record struct Open(int Start, int End, string Kind);
}
