namespace LogView.Benchmarks.Load;

/// <summary>Exact percentiles of a set of measurements in milliseconds.</summary>
internal static class Percentiles
{
    public static double Of(List<double> values, double percent)
    {
        if (values.Count == 0)
        {
            return double.NaN;
        }

        values.Sort();
        return values[Math.Min(values.Count - 1, (int)(values.Count * percent / 100))];
    }
}
