using System.Diagnostics.Metrics;

namespace LogView.Server.Platform;

/// <summary>LogView's own numbers, one meter for all areas; each area names its instruments <c>logview.&lt;area&gt;.&lt;what&gt;</c>.</summary>
public static class SelfMetrics
{
    public const string MeterName = "LogView";

    public static readonly Meter Meter = new(MeterName);
}
