using System.Text;
using Microsoft.Net.Http.Headers;

namespace LogView.Server.Accounts.Access;

/// <summary>Finds the key in a request, in every form that shippers and clients send one.</summary>
public static class KeyCredentials
{
    public const string SeqHeader = "X-Seq-ApiKey";

    /// <summary>Longer headers hold no key of ours and are not decoded.</summary>
    private const int MaxHeaderLength = 4096;

    /// <summary>
    /// The texts that may be the key, best guess first; empty when the request brings no credentials. <c>ApiKey</c> and <c>Bearer</c> carry the key
    /// itself or, as Elasticsearch's clients send it, base64 of <c>id:key</c>; <c>Basic</c> carries it as the password, <c>Splunk</c> plainly.
    /// </summary>
    public static IReadOnlyList<string> Find(IHeaderDictionary headers)
    {
        string header = headers[HeaderNames.Authorization].ToString();
        if (header.Length == 0)
        {
            string seq = headers[SeqHeader].ToString();
            return seq.Length == 0 ? [] : [seq];
        }

        int space = header.IndexOf(' ', StringComparison.Ordinal);
        if (header.Length > MaxHeaderLength || space < 0)
        {
            return [header];
        }

        string value = header[(space + 1)..].Trim();
        string? password = AfterColon(value);
        return header[..space].ToUpperInvariant() switch
        {
            "APIKEY" or "BEARER" => password is null ? [value] : [value, password],
            "BASIC" when password is not null => [password],
            _ => [value],
        };
    }

    private static string? AfterColon(string base64)
    {
        Span<byte> bytes = stackalloc byte[MaxHeaderLength];
        if (!Convert.TryFromBase64String(base64, bytes, out int length))
        {
            return null;
        }

        string text = Encoding.UTF8.GetString(bytes[..length]);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : text[(colon + 1)..];
    }
}
