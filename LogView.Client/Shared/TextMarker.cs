using LogView.Client.Language;
namespace LogView.Client.Shared;

/// <summary>What of a field's text the query asked for: spans to mark, none when nothing matches.</summary>
public delegate IReadOnlyList<TextRange> TextMarker(string field, string text);
