using System.Text;
using LogView.Client.Contracts.Search;

namespace LogView.Client.Shared.Filtering;

/// <summary>
/// A filter as one short text for addresses: <c>is:log.level:error</c>, <c>!is:host.name:web-03</c> (negated),
/// <c>~exists:trace.id</c> (disabled), <c>in:log.level:error,warn</c>, <c>range:status:gte=500,lt=600</c>.
/// In names and values <c>\</c> makes the next character literal.
/// </summary>
public static class FilterText
{
    /// <summary>Filters read from one address; a longer list is cut. Nobody reads more pills.</summary>
    public const int MaxFilters = 50;

    private static readonly string[] Bounds = ["gte", "gt", "lte", "lt"];

    public static string Write(SearchFilter filter)
    {
        var text = new StringBuilder();
        text.Append(filter.Disabled ? "~" : "").Append(filter.Negate ? "!" : "");
        string field = Escape(filter.Field, ":");
        if (filter.Is is { } value)
        {
            text.Append("is:").Append(field).Append(':').Append(Escape(value, ""));
        }
        else if (filter.OneOf is { } values)
        {
            text.Append("in:").Append(field).Append(':').AppendJoin(',', values.Select(v => Escape(v, ",")));
        }
        else if (filter.Exists is { } exists)
        {
            text.Append(exists ? "exists:" : "missing:").Append(field);
        }
        else
        {
            string?[] bounds = [filter.Gte, filter.Gt, filter.Lte, filter.Lt];
            text.Append("range:").Append(field).Append(':')
                .AppendJoin(',', Bounds.Zip(bounds).Where(b => b.Second is not null).Select(b => $"{b.First}={Escape(b.Second!, ",")}"));
        }

        return text.ToString();
    }

    /// <summary>Null for a text that is no filter: an address typed by hand must not break the page.</summary>
    public static SearchFilter? Read(string text)
    {
        bool disabled = text.StartsWith('~');
        string rest = disabled ? text[1..] : text;
        bool negate = rest.StartsWith('!');
        rest = negate ? rest[1..] : rest;
        int colon = rest.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return null;
        }

        List<string> parts = Split(rest[(colon + 1)..], ':', most: 2);
        string field = Unescape(parts[0]);
        string? value = parts.Count > 1 ? parts[1] : null;
        return field.Length == 0 ? null : Make(rest[..colon], field, value) is { } made ? made with { Disabled = disabled, Negate = negate } : null;
    }

    private static SearchFilter? Make(string kind, string field, string? value) => (kind, value) switch
    {
        ("is", not null) => new SearchFilter { Field = field, Is = Unescape(value) },
        ("in", not null) => new SearchFilter { Field = field, OneOf = [.. Split(value, ',').Select(Unescape)] },
        ("exists", null) => new SearchFilter { Field = field, Exists = true },
        ("missing", null) => new SearchFilter { Field = field, Exists = false },
        ("range", not null) => Range(field, value),
        _ => null,
    };

    private static SearchFilter? Range(string field, string value)
    {
        var filter = new SearchFilter { Field = field };
        foreach (string part in Split(value, ','))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string bound = equals < 0 ? "" : Unescape(part[(equals + 1)..]);
            filter = (equals < 0 ? "" : part[..equals]) switch
            {
                "gte" => filter with { Gte = bound },
                "gt" => filter with { Gt = bound },
                "lte" => filter with { Lte = bound },
                "lt" => filter with { Lt = bound },
                _ => filter,
            };
        }

        return (filter.Gte ?? filter.Gt ?? filter.Lte ?? filter.Lt) is null ? null : filter;
    }

    private static string Escape(string text, string also)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c == '\\' || also.Contains(c, StringComparison.Ordinal))
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }

    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                i++;
            }

            plain.Append(text[i]);
        }

        return plain.ToString();
    }

    /// <summary>Splits at separators that are not escaped; the parts stay escaped.</summary>
    private static List<string> Split(string text, char separator, int most = int.MaxValue)
    {
        List<string> parts = [];
        int start = 0;
        for (int i = 0; i < text.Length && parts.Count + 1 < most; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == separator)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }
}
