namespace LogView.Benchmarks.Figures;

/// <summary>What a question may take, at 10 million events, warm.</summary>
internal static class Targets
{
    public static double? MsOf(string question) => question switch
    {
        "count phrase" => 50,
        "count substring" => 15,
        _ when question.StartsWith("newest100", StringComparison.Ordinal) => 10,
        _ when question.StartsWith("count", StringComparison.Ordinal) => 5,
        "hist60xlevel all" => 10,
        "terms10 service all" or "terms10 host all" => 6,
        "avg+p95 all" => 50,
        _ => null,
    };
}
