using System.Text;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Terms;

namespace LogView.Server.Storage.Embedded.Sources;

/// <summary>Numbers what is used of an analysis and writes it as <see cref="SourceModel"/> reads it.</summary>
internal sealed class SourceModelWriter
{
    private const int Unused = -1;

    private readonly SourceAnalysis _analysis;
    private readonly int[] _templates;
    private readonly int[] _layouts;
    private readonly int[] _words;
    private readonly List<int> _usedTemplates = [];
    private readonly List<int> _usedLayouts = [];
    private readonly List<int> _usedWords = [];
    private readonly List<(Piece[] Pieces, SlotStatistics[] Statistics)> _statistics = [];
    private readonly Dictionary<int, int>[] _streams;

    public SourceModelWriter(SourceAnalysis analysis)
    {
        _analysis = analysis;
        _templates = Fill(analysis.Templates.Count);
        _layouts = Fill(analysis.Layouts.Count);
        _words = Fill(analysis.Words.Count);
        _streams = [.. Enumerable.Range(0, analysis.Streams).Select(_ => new Dictionary<int, int>())];
        _layouts[SourceAnalysis.Raw] = 0;
        _usedLayouts.Add(SourceAnalysis.Raw);
        for (int i = 0; i < analysis.LayoutOf.Length; i++)
        {
            Number(_layouts, _usedLayouts, analysis.LayoutOf[i]);
            foreach (TemplatedText text in analysis.TextsOf(i))
            {
                Collect(text);
            }
        }
    }

    /// <summary>The layout's number in the model.</summary>
    public int LayoutOf(int layout) => _layouts[layout];

    /// <summary>The template's number in its stream.</summary>
    public int TemplateOf(int stream, int template) => _streams[stream][_templates[template]];

    public ByteWriter Write(IEnumerable<string> fields)
    {
        var writer = new ByteWriter(64 * 1024);
        byte[][] names = [.. fields.Select(Encoding.UTF8.GetBytes)];
        writer.VarUInt(names.Length);
        foreach (byte[] name in names)
        {
            writer.Text(name);
        }

        WriteTerms(writer, _analysis.Words, _usedWords);
        writer.VarUInt(_usedTemplates.Count);
        for (int i = 0; i < _usedTemplates.Count; i++)
        {
            writer.Text(_analysis.Templates[_usedTemplates[i]]);
            foreach (SlotStatistics slot in _statistics[i].Statistics)
            {
                slot.Choose().WriteTo(writer);
            }
        }

        writer.VarUInt(_streams.Length);
        foreach (Dictionary<int, int> stream in _streams)
        {
            writer.VarUInt(stream.Count);
            foreach (int template in stream.OrderBy(t => t.Value).Select(t => t.Key))
            {
                writer.VarUInt(template);
            }
        }

        WriteTerms(writer, _analysis.Layouts, _usedLayouts);
        return writer;
    }

    private void Collect(TemplatedText text)
    {
        int known = _usedTemplates.Count, template = Number(_templates, _usedTemplates, text.Template);
        if (template == known)
        {
            Piece[] pieces = Piece.ReadAll(_analysis.Templates[text.Template]);
            _statistics.Add((pieces, [.. pieces.Where(p => p.IsPacked).Select(_ => new SlotStatistics())]));
        }

        Dictionary<int, int> stream = _streams[text.Place.Stream];
        stream.TryAdd(template, stream.Count);
        if (text.Template == SourceAnalysis.Raw)
        {
            return;
        }

        (Piece[] all, SlotStatistics[] statistics) = _statistics[template];
        int value = text.FirstValue, slot = 0;
        foreach (Piece piece in all)
        {
            if (piece.IsPacked)
            {
                ref long number = ref _analysis.Values[value];
                number = piece.Kind == PieceKind.Word ? Number(_words, _usedWords, (int)number) : number;
                statistics[slot++].Add(number);
            }

            value += piece.IsPacked || piece.Kind == PieceKind.Raw ? 1 : 0;
        }
    }

    private static int Number(int[] numbers, List<int> used, int old)
    {
        if (numbers[old] == Unused)
        {
            numbers[old] = used.Count;
            used.Add(old);
        }

        return numbers[old];
    }

    private static void WriteTerms(ByteWriter writer, HeadTerms terms, List<int> used)
    {
        writer.VarUInt(used.Count);
        foreach (int term in used)
        {
            writer.Text(terms[term]);
        }
    }

    private static int[] Fill(int count)
    {
        var numbers = new int[count];
        Array.Fill(numbers, Unused);
        return numbers;
    }
}
