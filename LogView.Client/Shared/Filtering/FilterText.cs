using System.Text;
using LogView.Client.Contracts.Search;

namespace LogView.Client.Shared.Filtering;

/// <summary>
/// A filter as one short text for addresses: <c>is:log.level:error</c>, <c>!is:host.name:web-03</c> (negated),
/// <c>~exists:trace.id</c> (disabled), <c>in:log.level:error,warn</c>, <c>range:status:gte=500,lt=600</c>,
/// <c>pattern:message:took &lt;*&gt; ms</c>.
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
        string field = Escaped.Write(filter.Field, ":");
        if (filter.Is is { } value)
        {
            text.Append("is:").Append(field).Append(':').Append(Escaped.Write(value, ""));
        }
        else if (filter.OneOf is { } values)
        {
            text.Append("in:").Append(field).Append(':').AppendJoin(',', values.Select(v => Escaped.Write(v, ",")));
        }
        else if (filter.Exists is { } exists)
        {
            text.Append(exists ? "exists:" : "missing:").Append(field);
        }
        else if (filter.Pattern is { } pattern)
        {
            text.Append("pattern:").Append(field).Append(':').Append(Escaped.Write(pattern, ""));
        }
        else
        {
            string?[] bounds = [filter.Gte, filter.Gt, filter.Lte, filter.Lt];
            text.Append("range:").Append(field).Append(':')
                .AppendJoin(',', Bounds.Zip(bounds).Where(b => b.Second is not null).Select(b => $"{b.First}={Escaped.Write(b.Second!, ",")}"));
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

        List<string> parts = Escaped.Split(rest[(colon + 1)..], ':', most: 2);
        string field = Escaped.Read(parts[0]);
        string? value = parts.Count > 1 ? parts[1] : null;
        return field.Length == 0 ? null : Make(rest[..colon], field, value) is { } made ? made with { Disabled = disabled, Negate = negate } : null;
    }

    private static SearchFilter? Make(string kind, string field, string? value) => (kind, value) switch
    {
        ("is", not null) => new SearchFilter { Field = field, Is = Escaped.Read(value) },
        ("in", not null) => new SearchFilter { Field = field, OneOf = [.. Escaped.Split(value, ',').Select(Escaped.Read)] },
        ("exists", null) => new SearchFilter { Field = field, Exists = true },
        ("missing", null) => new SearchFilter { Field = field, Exists = false },
        ("pattern", not null) => new SearchFilter { Field = field, Pattern = Escaped.Read(value) },
        ("range", not null) => Range(field, value),
        _ => null,
    };

    private static SearchFilter? Range(string field, string value)
    {
        var filter = new SearchFilter { Field = field };
        foreach (string part in Escaped.Split(value, ','))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string bound = equals < 0 ? "" : Escaped.Read(part[(equals + 1)..]);
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
}
