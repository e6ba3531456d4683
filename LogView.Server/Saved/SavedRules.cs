using System.Text;
using System.Text.Json;
using LogView.Client.Contracts.Saved;

namespace LogView.Server.Saved;

/// <summary>What a saved object may look like.</summary>
public static class SavedRules
{
    /// <summary>What is wrong with a draft, in a sentence; null: nothing.</summary>
    public static string? Problem(SavedDraft draft) => draft switch
    {
        _ when !SavedKinds.All.Contains(draft.Kind, StringComparer.Ordinal) => $"kind: expected {string.Join(" or ", SavedKinds.All)}, found '{draft.Kind}'",
        _ when string.IsNullOrWhiteSpace(draft.Name) || draft.Name.Trim().Length > SavedLimits.MaxNameLength || draft.Name.Any(char.IsControl) =>
            $"name: expected 1 to {SavedLimits.MaxNameLength} characters",
        _ when !Enum.IsDefined(draft.Access) => "access: expected private, view or edit",
        _ when Encoding.UTF8.GetByteCount(draft.Content) > SavedLimits.MaxContentBytes => $"content: expected at most {SavedLimits.MaxContentBytes} bytes",
        _ when !IsObject(draft.Content) => "content: expected a JSON object",
        _ => null,
    };

    private static bool IsObject(string content)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
