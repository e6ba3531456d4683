using System.Text.Json;
using System.Text.Json.Serialization;
using LogView.Client.Contracts.Events;

namespace LogView.Client.Contracts.Saved;

/// <summary>Content of a saved object of the kind <see cref="SavedKinds.Mark"/>: a moment worth seeing beside events, such as a deployment. The object's name says which.</summary>
/// <param name="Nanoseconds">Since 1970, UTC.</param>
public sealed record MarkContent([property: JsonPropertyName("ns")] long Nanoseconds)
{
    public static string Write(Timestamp at) => JsonSerializer.Serialize(new MarkContent(at.UnixNanoseconds));

    /// <summary>The moment; null when the content is not that of a mark.</summary>
    public static Timestamp? Read(string content)
    {
        try
        {
            return JsonSerializer.Deserialize<MarkContent>(content) is { } mark ? new Timestamp(mark.Nanoseconds) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
