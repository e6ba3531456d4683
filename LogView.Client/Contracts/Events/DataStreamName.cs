using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace LogView.Client.Contracts.Events;

/// <summary>
/// Name of an append-only set of events with one retention, such as <c>logs-nginx-prod</c>. Elasticsearch's rules for index
/// names: lower case, at most 255 bytes, none of <c>\ / * ? " &lt; &gt; | space , # :</c>, no control character, not starting
/// with <c>- _ +</c>, not <c>.</c> or <c>..</c>.
/// </summary>
public readonly record struct DataStreamName
{
    private const string Forbidden = "\\/*?\"<>| ,#:";
    private const int MaxBytes = 255;

    private DataStreamName(string value) => Value = value;

    public string Value { get; }

    /// <summary>Checks a name that came from outside. <paramref name="error"/> says what is wrong and what was expected.</summary>
    public static bool TryParse(string? text, out DataStreamName name, [NotNullWhen(false)] out string? error)
    {
        name = default;
        error = Problem(text);
        if (error is null)
        {
            name = new DataStreamName(text!);
        }

        return error is null;
    }

    /// <summary>A name known to be good. Throws <see cref="ArgumentException"/> on a bad one.</summary>
    public static DataStreamName Parse(string text) =>
        TryParse(text, out DataStreamName name, out string? error) ? name : throw new ArgumentException(error, nameof(text));

    public override string ToString() => Value;

    private static string? Problem(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "expected a data stream name, found nothing";
        }

        if (Encoding.UTF8.GetByteCount(text) > MaxBytes)
        {
            return $"a data stream name has at most {MaxBytes} bytes";
        }

        if (text is "." or ".." || text[0] is '-' or '_' or '+')
        {
            return $"a data stream name must not start with '-', '_' or '+' nor be '.' or '..'";
        }

        foreach (char c in text)
        {
            if (Forbidden.Contains(c, StringComparison.Ordinal) || char.IsControl(c))
            {
                return $"a data stream name must not contain {(char.IsControl(c) ? "control characters" : $"'{c}'")}";
            }

            if (char.IsUpper(c))
            {
                return "a data stream name must be lower case";
            }
        }

        return null;
    }
}
