using LogView.Client.Contracts.Events;
using LogView.Server.Api.Json;
using LogView.Server.Search;

namespace LogView.Server.Api.Search;

/// <summary>The fields a request asks for, by names and patterns with <c>*</c>.</summary>
internal sealed class FieldSelection
{
    private readonly string[] _names;
    private readonly string[] _patterns;

    public FieldSelection(IReadOnlyList<string> asked)
    {
        _patterns = [.. asked.Where(a => a.Contains('*', StringComparison.Ordinal))];
        _names = [.. asked.Except(_patterns, StringComparer.Ordinal)];
    }

    /// <summary>Null when none were asked for. Names that the event does not have are left out.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<JsonScalar>>? Of(LogEvent logEvent)
    {
        if (_names.Length + _patterns.Length == 0)
        {
            return null;
        }

        Dictionary<string, IReadOnlyList<JsonScalar>> selected = new(StringComparer.Ordinal);
        foreach (string name in _names)
        {
            Select(name, logEvent.Fields.Values(name));
        }

        if (_patterns.Length > 0)
        {
            foreach (EventField field in logEvent.Fields.Where(f => _patterns.Any(p => FieldPattern.Fits(p, f.Name))))
            {
                Select(field.Name, field.Values);
            }
        }

        return selected;

        void Select(string name, IReadOnlyList<FieldValue> values)
        {
            if (values.Count > 0)
            {
                selected[name] = [.. values.Select(v => new JsonScalar(v))];
            }
        }
    }
}
