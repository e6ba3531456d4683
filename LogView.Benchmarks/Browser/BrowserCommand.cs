using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using LogView.Benchmarks.Load;
using Microsoft.Playwright;

namespace LogView.Benchmarks.Browser;

/// <summary>What people wait for, measured in the page itself: a server process of its own, the corpus, and Debian's Chromium. Prints a table with its conditions.</summary>
internal static class BrowserCommand
{
    private const string Chromium = "/usr/bin/chromium";
    private const int BatchEvents = 5_000;
    private const int Connections = 2;
    private const int MaxQuietSeconds = 120;
    private static readonly TimeSpan QuietCpu = TimeSpan.FromMilliseconds(30);

    private static readonly string[] Flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    public static async Task<int> RunAsync(string[] args)
    {
        if (BrowserOptions.Parse(args, out string? error) is not { } options)
        {
            await Console.Error.WriteLineAsync($"{error}\n\n{BrowserOptions.Usage}");
            return 2;
        }

        await using ServerProcess server = await ServerProcess.StartAsync("embedded", "{}");
        using HttpClient http = new() { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("ApiKey", ServerProcess.AdminKey);
        Print($"machine: {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");
        BulkLoad.Outcome stored = await BulkLoad.RunAsync(http, BulkLoad.BuildBodies(options.Corpus, options.Events, BatchEvents), Connections);
        await QuietAsync(server);
        Print($"embedded engine, {stored.Events:N0} events stored, {stored.Failed} failed");

        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = Flags });
        await using IBrowserContext context = await browser.NewContextAsync(new() { BaseURL = server.Address.ToString(), ViewportSize = new() { Width = 1280, Height = 800 } });
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(server.SignIn.ToString());
        Print($"browser: Chromium {browser.Version}, headless, without GPU");

        await DiscoverFigures.RunAsync(context, server, options);
        await TailFigures.RunAsync(context, server, http, options);
        await ViewerFigures.RunAsync(server, http, options);
        return 0;
    }

    /// <summary>Until the store has put together what was written, or for as long as anybody would wait for that.</summary>
    private static async Task QuietAsync(ServerProcess server)
    {
        for (int i = 0; i < MaxQuietSeconds; i++)
        {
            TimeSpan before = server.CpuTime;
            await Task.Delay(TimeSpan.FromSeconds(1));
            if (server.CpuTime - before < QuietCpu)
            {
                return;
            }
        }
    }

    public static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
