using System.Text;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Terms;

namespace LogView.Server.Storage.Embedded.Heads;

/// <summary>Everything one field has in a head: a column per kind of value, or words where its texts are prose.</summary>
internal sealed class HeadField(string name)
{
    /// <summary>Managed objects of a field that has a value, about.</summary>
    private const int ObjectBytes = 600;

    private HeadStrings? _strings;
    private HeadNumbers? _longs;
    private HeadNumbers? _doubles;
    private HeadNumbers? _booleans;
    private HeadText? _text;

    public string Name => name;

    public bool IsText { get; } = TextFields.IsText(name);

    /// <summary>The event that a value was added for last; -1: none. Only the writer uses it.</summary>
    public int LastDoc { get; set; } = -1;

    /// <summary>A number that whoever seals the head gives the field; -1: none yet. No one else uses it.</summary>
    public int SealNumber { get; set; } = -1;

    public HeadStrings? Strings => _strings;

    public HeadNumbers? Longs => _longs;

    public HeadNumbers? Doubles => _doubles;

    public HeadNumbers? Booleans => _booleans;

    public HeadText? Text => _text;

    public IEnumerable<HeadNumbers> Numbers => new[] { _longs, _doubles, _booleans }.OfType<HeadNumbers>();

    public long Memory => ObjectBytes + name.Length * 2 + (_strings?.Memory ?? 0) + (_text?.Memory ?? 0) + Numbers.Sum(n => n.Memory);

    public void AddText(int doc, ReadOnlySpan<byte> utf8, WordSplitter splitter)
    {
        if (IsText)
        {
            (_text ??= new HeadText()).Add(doc, splitter.Split(utf8));
        }
        else
        {
            (_strings ??= new HeadStrings()).Add(doc, utf8);
        }
    }

    public void AddLong(int doc, long value) => (_longs ??= new HeadNumbers(FieldValueKind.Long)).Add(doc, value);

    public void AddDouble(int doc, double value) =>
        (_doubles ??= new HeadNumbers(FieldValueKind.Double)).Add(doc, BitConverter.DoubleToInt64Bits(value));

    public void AddBoolean(int doc, bool value) => (_booleans ??= new HeadNumbers(FieldValueKind.Boolean)).Add(doc, value ? 1 : 0);

    public void Truncate(int doc)
    {
        LastDoc = -1;
        _strings?.Entries.Truncate(doc);
        _text?.Texts.Truncate(doc);
        foreach (HeadNumbers numbers in Numbers)
        {
            numbers.Entries.Truncate(doc);
        }
    }

    /// <summary>The name as the format has it.</summary>
    public byte[] Utf8Name => Encoding.UTF8.GetBytes(name);
}
