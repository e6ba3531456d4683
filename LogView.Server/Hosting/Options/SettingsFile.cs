using System.Text.Json;
using LogView.Server.Ingest.Files;
using LogView.Server.Storage.Elastic.Indices;

namespace LogView.Server.Hosting.Options;

/// <summary>The settings file: JSON with comments and trailing commas allowed, keys twice or unknown not.</summary>
public static class SettingsFile
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false,
    };

    private static readonly IReadOnlyList<Option> Options = [.. OptionTable.All.Where(o => o.Key is not null)];

    /// <summary>Adds the options the file sets to <paramref name="values"/> and answers its other settings, or an error sentence.</summary>
    public static (Settings? Settings, string? Error) Read(string path, OptionValues values)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            SettingsBinder binder = new();
            Settings? settings = binder.Bind<Settings>(document.RootElement, [.. Options.Select(o => o.Key!)]);
            string? error = binder.Error ?? FileSourceValidator.Problem(settings!.Files) ?? TimeFields.Problem(settings.ElasticTimeFields) ?? AddOptions(document.RootElement, path, values);
            return error is null ? (settings, null) : (null, $"{path}: {error}");
        }
        catch (JsonException e)
        {
            return (null, $"{path}: expected JSON, found something else at line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}: {e.Message.Split(" LineNumber:")[0]}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"{path}: expected a settings file that can be read: {e.Message}");
        }
    }

    private static string? AddOptions(JsonElement root, string path, OptionValues values)
    {
        foreach (Option option in Options)
        {
            if (!root.TryGetProperty(option.Key!, out JsonElement value))
            {
                continue;
            }

            string? text = value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                JsonValueKind.Array when value.EnumerateArray().All(i => i.ValueKind == JsonValueKind.String) => string.Join(',', value.EnumerateArray().Select(i => i.GetString())),
                _ => null,
            };
            if (text is null)
            {
                return $"'{option.Key}': expected {option.Value ?? "true or false"}, found {value.GetRawText()}";
            }

            values.AddFromFile(option, new OptionValue(text, $"{path}: '{option.Key}'"));
        }

        return null;
    }
}
