using System.Text.Json;
using System.Text.Json.Serialization;
using LogView.Client.Contracts.Accounts;

namespace LogView.Client.Contracts.Saved;

/// <summary>Content of a saved object of the kind <see cref="SavedKinds.Link"/>: an address within this site.</summary>
/// <param name="Address">Path and query, from the first slash on.</param>
public sealed record LinkContent([property: JsonPropertyName("address")] string Address)
{
    /// <summary>Before the id of a link in its address.</summary>
    public const string Path = "/s/";

    public static string Write(string address) => JsonSerializer.Serialize(new LinkContent(address));

    /// <summary>The address; null when the content is not that of a link within this site.</summary>
    public static string? Read(string content)
    {
        try
        {
            string? address = JsonSerializer.Deserialize<LinkContent>(content)?.Address;
            return SignInPaths.IsLocal(address) ? address : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
