using System.Text.Json;
using System.Text.Encodings.Web;
using LogView.Client.Contracts.Events;
using LogView.Client.Language.Dates;
using LogView.Client.Language.Matching;
using LogView.Server.Storage.Elastic.Indices;

namespace LogView.Server.Storage.Elastic.Writing;

/// <summary>Why an event is not in its own data stream.</summary>
/// <param name="DataStream">Where it belongs.</param>
/// <param name="Id">Its id there.</param>
/// <param name="Why">The cluster's name for its reason.</param>
internal sealed record Refusal(DataStreamName DataStream, EventId Id, string? Why);

/// <summary>
/// One event as a document: its fields under their own names where their values fit the mapping, what LogView searches by besides, and the source byte
/// for byte. Whatever does not fit is named in <see cref="OwnNames.Odd"/>; searches that touch such a field look at the event itself. One instance writes many documents, one after
/// the other.
/// </summary>
/// <param name="writer">Which LogView writes.</param>
/// <param name="json">Where the documents go, without line breaks.</param>
internal sealed class EventDocument(string writer, Utf8JsonWriter json)
{
    /// <summary>Characters of a text that is indexed whole; the same as sorting compares.</summary>
    public const int MaxKeyword = EventOrder.MaxTextLength;

    private const int MaxHelperText = 64;

    /// <summary>How a writer for documents is made.</summary>
    public static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly HashSet<string> _odd = new(StringComparer.Ordinal);
    private readonly List<FieldValue> _fitting = [];
    private readonly List<(string Name, List<string> Values)> _words = [];
    private readonly List<string> _worded = [];
    private readonly List<(string Name, List<string> Values)> _addresses = [];
    private readonly List<(string Name, List<string> Values)> _dates = [];
    private readonly List<(string Name, List<double> Values)> _numbers = [];

    /// <param name="logEvent">The event.</param>
    /// <param name="schema">Of the index; learns the event's fields.</param>
    /// <param name="isBare">Nothing is indexed under its own name: for events that the cluster refuses otherwise.</param>
    /// <param name="refusal">Why the event is not where it belongs; null: it is.</param>
    public void Write(LogEvent logEvent, StreamSchema schema, bool isBare, Refusal? refusal)
    {
        Clear();
        bool isOld = logEvent.Timestamp.UnixNanoseconds < 0;
        if (isOld)
        {
            _odd.Add(OwnNames.Timestamp);
        }

        json.WriteStartObject();
        json.WriteString(OwnNames.Timestamp, (isOld ? new Timestamp(0) : logEvent.Timestamp).ToString());
        EventFields fields = logEvent.FieldsOnce();
        for (int i = 0; i < fields.Count; i++)
        {
            if (fields[i].Name is OwnNames.Timestamp)
            {
                continue;
            }

            if (isBare)
            {
                _odd.Add(OwnNames.OddValue(fields[i].Name));
            }
            else
            {
                Add(fields[i], schema);
            }
        }

        json.WriteStartObject(OwnNames.Root);
        WriteOwn(logEvent);
        if (refusal is not null)
        {
            json.WriteStartObject("refused");
            json.WriteString("stream", refusal.DataStream.Value);
            json.WriteString("id", refusal.Id.Value);
            json.WriteString("why", refusal.Why);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Clear()
    {
        _odd.Clear();
        _worded.Clear();
        _words.Clear();
        _addresses.Clear();
        _dates.Clear();
        _numbers.Clear();
    }

    private void Add(EventField field, StreamSchema schema)
    {
        if (schema.Take(field.Name, field.Values[0]) is not { } kind)
        {
            _odd.Add(OwnNames.OddValue(field.Name));
            return;
        }

        _fitting.Clear();
        for (int i = 0; i < field.Values.Count; i++)
        {
            if (Fit(kind, field.Values[i]) is { } fit)
            {
                _fitting.Add(fit);
            }
            else
            {
                _odd.Add(OwnNames.OddValue(field.Name));
            }
        }

        if (_fitting.Count > 0)
        {
            json.WritePropertyName(field.Name);
            WriteValues(_fitting, WriteValue);
            AddHelpers(field.Name, kind, schema);
        }
    }

    /// <summary>The value as it is indexed; null when the mapping would lose something of it.</summary>
    private static FieldValue? Fit(FieldKind kind, FieldValue value) => (kind, value.Kind) switch
    {
        (FieldKind.Keyword, FieldValueKind.String) => value.AsString().Length <= MaxKeyword ? value : null,
        (FieldKind.Text, FieldValueKind.String) => value.AsString().Length > 0 ? value : null,
        (FieldKind.Long, FieldValueKind.Long) => value,
        (FieldKind.Long, FieldValueKind.Double) => FieldValueOrder.Canonical(value) is { Kind: FieldValueKind.Long } whole ? whole : null,
        (FieldKind.Double, FieldValueKind.Double) => double.IsFinite(value.AsDouble()) ? FieldValue.Of(value.AsDouble() + 0.0) : null,
        (FieldKind.Double, FieldValueKind.Long) => Math.Abs(value.AsDouble()) <= 1L << 53 ? FieldValue.Of(value.AsDouble()) : null,
        (FieldKind.Boolean, FieldValueKind.Boolean) => value,
        _ => null,
    };

    private void AddHelpers(string name, FieldKind kind, StreamSchema schema)
    {
        if (kind is not (FieldKind.Keyword or FieldKind.Text))
        {
            return;
        }

        bool fits = kind != FieldKind.Text || AddWords(name, schema);
        foreach (FieldValue value in _fitting)
        {
            string text = value.AsString();
            fits &= AddMeaning(name, text, schema);
            if (kind == FieldKind.Keyword && !System.Text.Ascii.IsValid(text))
            {
                _odd.Add(OwnNames.OddCase(name));
            }
        }

        if (!fits)
        {
            _odd.Add(OwnNames.OddValue(name));
        }

        if (kind == FieldKind.Keyword && _fitting.Count > 1 && _fitting.Distinct().Count() < _fitting.Count)
        {
            _odd.Add(OwnNames.OddRepeat(name));
        }
    }

    /// <summary>Nothing is sent of texts that the cluster cuts into the same words.</summary>
    private bool AddWords(string name, StreamSchema schema)
    {
        if (schema.CutsTexts(name) && _fitting.TrueForAll(v => WordTokens.IsPlain(v.AsString())))
        {
            return true;
        }

        _worded.Add(OwnNames.OddValue(name));
        bool fits = true;
        foreach (FieldValue value in _fitting)
        {
            fits &= AddWords(name, value.AsString(), schema);
        }

        return fits;
    }

    private bool AddWords(string name, string text, StreamSchema schema)
    {
        if (WordTokens.Of(text) is not { } tokens || !schema.TakeHelper("words", OwnNames.Escape(name)))
        {
            return false;
        }

        Add(_words, name, tokens);
        return true;
    }

    /// <summary>What the text reads as besides itself.</summary>
    private bool AddMeaning(string name, string text, StreamSchema schema)
    {
        if (text.Length > MaxHelperText)
        {
            return true;
        }

        if (AddressRange.Parse(text, out _) is { } address)
        {
            Add(_addresses, name, Addresses.Format(address));
            return schema.TakeHelper("ips", OwnNames.Escape(name));
        }

        if (DateFormats.LooksLikeDate(text))
        {
            return AddDate(name, text, schema);
        }

        if (Denoted.NumberOf(text) is { } number)
        {
            Add(_numbers, name, number);
            return schema.TakeHelper("numbers", OwnNames.Escape(name));
        }

        return true;
    }

    private bool AddDate(string name, string text, StreamSchema schema)
    {
        Timestamp? instant = ValueDate.Of(text, Zones.Utc);
        if (instant is not { } found)
        {
            return true;
        }

        if (ValueDate.Of(text, Zones.Other) != instant || found.UnixNanoseconds < 0)
        {
            _odd.Add(OwnNames.OddDate(name));
            return true;
        }

        Add(_dates, name, found.ToString());
        return schema.TakeHelper("dates", OwnNames.Escape(name));
    }

    private static void Add<T>(List<(string Name, List<T> Values)> list, string name, T value)
    {
        if (list.Count == 0 || !list[^1].Name.Equals(name, StringComparison.Ordinal))
        {
            list.Add((name, []));
        }

        list[^1].Values.Add(value);
    }

    private void WriteOwn(LogEvent logEvent)
    {
        json.WriteNumber("seq", logEvent.Sequence);
        json.WriteNumber("time", logEvent.Timestamp.UnixNanoseconds);
        json.WriteString("writer", writer);
        if (logEvent.IsIdGiven)
        {
            json.WriteBoolean("given", true);
        }

        if (_odd.Count > 0)
        {
            json.WritePropertyName("odd");
            WriteValues([.. _odd], WriteText);
        }

        if (_worded.Count > 0)
        {
            json.WritePropertyName("worded");
            WriteValues(_worded, WriteText);
        }

        WriteHelper("words", _words, WriteText);
        WriteHelper("ips", _addresses, WriteText);
        WriteHelper("dates", _dates, WriteText);
        WriteHelper("numbers", _numbers, static (j, v) => j.WriteNumberValue(v));
        json.WriteString("source", logEvent.Source.Span);
        if (!logEvent.Derived.IsEmpty)
        {
            json.WriteString("derived", logEvent.Derived.Span);
        }
    }

    private void WriteHelper<T>(string helper, List<(string Name, List<T> Values)> fields, Action<Utf8JsonWriter, T> write)
    {
        if (fields.Count == 0)
        {
            return;
        }

        json.WriteStartObject(helper);
        foreach ((string name, List<T> values) in fields)
        {
            json.WritePropertyName(OwnNames.Escape(name));
            WriteValues(values, write);
        }

        json.WriteEndObject();
    }

    private void WriteValues<T>(List<T> values, Action<Utf8JsonWriter, T> write)
    {
        if (values.Count == 1)
        {
            write(json, values[0]);
            return;
        }

        json.WriteStartArray();
        foreach (T value in values)
        {
            write(json, value);
        }

        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string text) => json.WriteStringValue(text);

    private static void WriteValue(Utf8JsonWriter json, FieldValue value)
    {
        switch (value.Kind)
        {
            case FieldValueKind.String:
                json.WriteStringValue(value.AsString());
                break;
            case FieldValueKind.Long:
                json.WriteNumberValue(value.AsLong());
                break;
            case FieldValueKind.Double:
                // Always with a fraction or an exponent: a whole number would be mapped as one.
                string text = value.ToString();
                json.WriteRawValue(text.AsSpan().ContainsAny('.', 'E', 'e') ? text : text + ".0", skipInputValidation: true);
                break;
            case FieldValueKind.Boolean:
                json.WriteBooleanValue(value.AsBoolean());
                break;
        }
    }

    /// <summary>Two zones by which a text without offset gives itself away.</summary>
    private static class Zones
    {
        public static readonly MatchClock Utc = new(default, TimeZoneInfo.Utc);
        public static readonly MatchClock Other = new(default, TimeZoneInfo.CreateCustomTimeZone("other", TimeSpan.FromHours(5), "other", "other"));
    }
}
