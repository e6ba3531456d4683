using System.Globalization;

namespace LogView.Benchmarks.Figures;

/// <summary>Figures against their targets, printed as they come and once more as one table at the end.</summary>
internal sealed class FigureTable
{
    private readonly List<string> _rows = [];
    private int _missed;

    /// <param name="what">What was measured.</param>
    /// <param name="value">The figure.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="atMost">Target that it should not exceed; null: none.</param>
    /// <param name="atLeast">Target that it should reach; null: none.</param>
    /// <param name="note">More about it.</param>
    public void Add(string what, double value, string unit, double? atMost = null, double? atLeast = null, string note = "")
    {
        bool met = !(value > atMost) && !(value < atLeast);
        _missed += met ? 0 : 1;
        string target = atMost is { } most ? string.Create(CultureInfo.InvariantCulture, $"≤ {most:#,0.##}") : atLeast is { } least ? string.Create(CultureInfo.InvariantCulture, $"≥ {least:#,0.##}") : "";
        string verdict = target.Length == 0 ? "" : met ? "yes" : "**no**";
        string row = string.Create(CultureInfo.InvariantCulture, $"| {what} | {value:#,0.##} {unit} | {target} | {verdict} | {note} |");
        _rows.Add(row);
        Console.WriteLine(row);
    }

    public void Heading(string text)
    {
        _rows.Add($"| **{text}** | | | | |");
        Console.WriteLine($"-- {text}");
    }

    public void Print()
    {
        Console.WriteLine("\n| What | Figure | Target | Reached | |\n| --- | --- | --- | --- | --- |");
        _rows.ForEach(Console.WriteLine);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{_missed} targets missed"));
    }
}
