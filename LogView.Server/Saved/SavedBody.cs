using System.Text.Json.Nodes;
using LogView.Client.Contracts.Saved;
using LogView.Server.Platform;

namespace LogView.Server.Saved;

/// <summary>What a program sends to save something.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Content">In the form of its kind.</param>
/// <param name="Access">private, view or edit; left out: private.</param>
/// <param name="Version">The one the change was made from; left out for something new.</param>
public sealed record SavedBody(string? Name, JsonObject? Content, string? Access, string? Version)
{
    /// <summary>Room for the other members.</summary>
    private const int MaxBytes = SavedLimits.MaxContentBytes + 16 * 1024;

    private const string Shape = "a JSON object with name, content (an object), access and version";

    public SavedDraft ToDraft(string kind) => new(kind, Name ?? "", Read(Access), Content?.ToJsonString() ?? "");

    internal static Task<(SavedBody? Body, IResult? Problem)> ReadAsync(HttpContext context) => StrictJson.ReadAsync<SavedBody>(context, MaxBytes, Shape);

    /// <summary>An unknown word becomes a value that no access has, so that the draft is refused with the sentence for it.</summary>
    private static SavedAccess Read(string? text) => text switch
    {
        null or "private" => SavedAccess.Private,
        "view" => SavedAccess.View,
        "edit" => SavedAccess.Edit,
        _ => (SavedAccess)byte.MaxValue,
    };
}
