namespace LogView.Benchmarks;

/// <summary>The runs that are not micro benchmarks, by their verb.</summary>
internal static class Commands
{
    private static readonly Dictionary<string, Func<string[], Task<int>>> ByVerb = new(StringComparer.Ordinal)
    {
        ["browser"] = Browser.BrowserCommand.RunAsync,
        ["figures"] = Figures.FiguresCommand.RunAsync,
        ["load"] = Load.LoadCommand.RunAsync,
        ["patterns"] = Patterns.PatternsCommand.RunAsync,
        ["store"] = Storage.StoreRun.RunAsync,
    };

    public static Func<string[], Task<int>>? Find(string verb) => ByVerb.GetValueOrDefault(verb);
}
