namespace LogView.Tests.Testing;

/// <summary>Seed of the random tests: CsCheck prints the failing one; <c>LOGVIEW_SEED</c> runs it again.</summary>
internal static class Seed
{
    public static string? Value => Environment.GetEnvironmentVariable("LOGVIEW_SEED") is { Length: > 0 } seed ? seed : null;
}
