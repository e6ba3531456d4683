using System.Security.Cryptography;
using System.Text;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Storage.Elastic.Indices;

/// <summary>
/// Names in the documents LogView writes. Fields stand under their own names, as others expect them; what LogView needs besides is below
/// <c>logview</c>: where a dotted name is part of another, its dots are slashes, so that no object and value share a path.
/// </summary>
internal static class OwnNames
{
    public const string Timestamp = "@timestamp";
    public const string Root = "logview";
    public const string Sequence = "logview.seq";
    public const string Writer = "logview.writer";

    /// <summary>Names of fields that have a value which is not indexed under them as it is; and <see cref="OddCase"/> and its like.</summary>
    public const string Odd = "logview.odd";

    /// <summary>Names of text fields whose words were sent, because the cluster may cut them otherwise.</summary>
    public const string Worded = "logview.worded";

    /// <summary>Characters of a name that are kept in a list of names; longer ones are hashed.</summary>
    private const int MaxListedName = 400;

    private static readonly string[] Helpers = ["logview.words.", "logview.ips.", "logview.dates.", "logview.numbers."];

    /// <summary>The folded words of a text, as LogView cuts them.</summary>
    public static string Words(string field) => Helpers[0] + Escape(field);

    /// <summary>The addresses among a field's texts.</summary>
    public static string Addresses(string field) => Helpers[1] + Escape(field);

    /// <summary>The instants among a field's texts.</summary>
    public static string Dates(string field) => Helpers[2] + Escape(field);

    /// <summary>The numbers among a field's texts.</summary>
    public static string Numbers(string field) => Helpers[3] + Escape(field);

    /// <summary>A dotted name as one segment.</summary>
    public static string Escape(string field) =>
        field.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal).Replace('.', '/');

    public static string OddValue(string field) => field.Length <= MaxListedName ? field : "#" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(field)));

    /// <summary>A text whose case or width is not ASCII's: only LogView folds it right.</summary>
    public static string OddCase(string field) => OddValue(field) + "|c";

    /// <summary>A date without offset, which is another instant in each zone.</summary>
    public static string OddDate(string field) => OddValue(field) + "|d";

    /// <summary>Equal texts in one event, which the cluster counts once.</summary>
    public static string OddRepeat(string field) => OddValue(field) + "|m";
}

/// <summary>How LogView's own indices have a field.</summary>
internal enum FieldKind : byte
{
    Keyword,

    /// <summary>By words; no values to sort or group by.</summary>
    Text,
    Long,
    Double,
    Boolean,

    /// <summary>Only in indices of others.</summary>
    Date,

    /// <summary>Only in indices of others.</summary>
    Ip,

    /// <summary>An object whose members are values of one field: only in indices of others.</summary>
    Flat,

    /// <summary>One member of it: each value is a text.</summary>
    FlatMember,

    /// <summary>Not the same in all indices that are looked at, or something LogView does not ask about.</summary>
    Mixed,
}

internal static class FieldKinds
{
    public static bool IsNumber(this FieldKind kind) => kind is FieldKind.Long or FieldKind.Double;

    /// <summary>The kind of an Elasticsearch type.</summary>
    public static FieldKind OfType(string type) => type switch
    {
        "keyword" or "constant_keyword" or "wildcard" => FieldKind.Keyword,
        "text" or "match_only_text" => FieldKind.Text,
        "long" or "integer" or "short" or "byte" => FieldKind.Long,
        "double" or "float" or "half_float" or "scaled_float" => FieldKind.Double,
        "boolean" => FieldKind.Boolean,
        "date" or "date_nanos" => FieldKind.Date,
        "ip" => FieldKind.Ip,
        "flattened" or "flat_object" => FieldKind.Flat,
        _ => FieldKind.Mixed,
    };

    /// <summary>How LogView maps the first value of a new field.</summary>
    public static FieldKind OfValue(string name, FieldValue value) => value.Kind switch
    {
        FieldValueKind.Long => FieldKind.Long,
        FieldValueKind.Double => FieldKind.Double,
        FieldValueKind.Boolean => FieldKind.Boolean,
        _ => TextFields.IsText(name) ? FieldKind.Text : FieldKind.Keyword,
    };
}
