using System.Text.Json;
using LogView.Benchmarks.Load;
using Microsoft.Playwright;

namespace LogView.Benchmarks.Browser;

/// <summary>Discover: how soon it can be used, how soon rows are on screen after Enter, how smoothly they scroll, what a page holds in memory.</summary>
internal static class DiscoverFigures
{
    private const string Address = "/discover?from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z";
    private const int Opens = 10;
    private const int Pages = 20;
    private const double SmoothMs = 25;
    private static readonly TimeSpan Reading = TimeSpan.FromMilliseconds(500);

    /// <summary>From the beginning of the navigation to the frame after the first rows, which come over the page's circuit: by then it answers.</summary>
    private const string FirstRows = """
        () => new Promise(resolve => {
          const look = () => document.querySelector('[role=grid] [data-i]') ? requestAnimationFrame(() => resolve(performance.now())) : requestAnimationFrame(look);
          look();
        })
        """;

    /// <summary>From the key to the frame after the one in which other rows stand there; the time is the key's own.</summary>
    private const string RowsAfterEnter = """
        () => {
          const first = () => document.querySelector('[role=grid] [data-i="0"]')?.textContent;
          const before = first();
          window.lvRows = new Promise(resolve => {
            addEventListener('keydown', e => {
              if (e.key !== 'Enter') return;
              const look = () => {
                const now = first();
                if (now && now !== before) requestAnimationFrame(() => resolve(performance.now() - e.timeStamp));
                else requestAnimationFrame(look);
              };
              look();
            }, { capture: true, once: true });
          });
        }
        """;

    /// <summary>Scrolls a row a frame for three seconds; milliseconds of each frame, and how many of them showed a row that was not there yet.</summary>
    private const string Scroll = """
        () => new Promise(resolve => {
          const grid = document.querySelector('[role=grid]'), frames = [];
          let last = performance.now(), end = last + 3000, waiting = 0;
          const next = now => {
            frames.push(now - last);
            last = now;
            const box = grid.getBoundingClientRect();
            for (const row of grid.querySelectorAll('.lv-waiting')) {
              const at = row.getBoundingClientRect();
              if (at.bottom > box.top && at.top < box.bottom) { waiting++; break; }
            }
            grid.scrollTop += 24;
            if (now < end) requestAnimationFrame(next); else resolve({ frames, waiting });
          };
          requestAnimationFrame(next);
        })
        """;

    public static async Task RunAsync(IBrowserContext context, ServerProcess server, BrowserOptions options)
    {
        List<double> opened = [];
        for (int i = 0; i < Opens; i++)
        {
            IPage fresh = await context.NewPageAsync();
            await fresh.GotoAsync(Address, new() { WaitUntil = WaitUntilState.Commit });
            opened.Add(await fresh.EvaluateAsync<double>(FirstRows));
            await fresh.CloseAsync();
        }

        BrowserCommand.Print($"discover: navigation to first rows p50 {Percentiles.Of(opened, 50):F0} ms, worst of {Opens} {Percentiles.Of(opened, 100):F0} ms (files from the browser's cache but for the first)");
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(Address);
        await page.EvaluateAsync<double>(FirstRows);
        List<double> asked = await AskAsync(page, options);
        BrowserCommand.Print($"discover: Enter to first rows painted p50 {Percentiles.Of(asked, 50):F0} ms, p95 {Percentiles.Of(asked, 95):F0} ms, {asked.Count} queries, each {Reading.TotalMilliseconds:F0} ms after the one before was answered in full");
        await ScrollAsync(page);
        await MemoryAsync(context, page, server);
        await page.CloseAsync();
    }

    private static async Task<List<double>> AskAsync(IPage page, BrowserOptions options)
    {
        // Hosts of the corpus: each has other newest events, so that the rows of a query are told from those of the one before.
        string[] hosts = [.. File.ReadLines(options.Corpus).Take(20_000).Select(HostOf).Distinct(StringComparer.Ordinal).Take(options.Questions)];
        ILocator box = page.GetByLabel("Query", new() { Exact = true });
        List<double> times = [];
        for (int i = 0; i < hosts.Length; i++)
        {
            // Somebody looks at an answer before the next question; its counts and fields are there by then.
            await page.Locator(".lv-toolbar > .lv-progress:not(.lv-busy)").WaitForAsync(new() { State = WaitForSelectorState.Attached });
            await Task.Delay(Reading);
            await box.FillAsync(i % 2 == 0 ? $"host: \"{hosts[i]}\"" : $"host: \"{hosts[i]}\" and message: \"took\" or host: \"{hosts[i]}\"");
            await page.EvaluateAsync(RowsAfterEnter);
            await box.PressAsync("Enter");
            times.Add(await page.EvaluateAsync<double>("() => window.lvRows"));
        }

        await box.FillAsync("");
        await page.EvaluateAsync(RowsAfterEnter);
        await box.PressAsync("Enter");
        await page.EvaluateAsync<double>("() => window.lvRows");
        return times;
    }

    private static string HostOf(string line)
    {
        using JsonDocument parsed = JsonDocument.Parse(line);
        return parsed.RootElement.GetProperty("host").GetString()!;
    }

    private static async Task ScrollAsync(IPage page)
    {
        JsonElement scrolled = (await page.EvaluateAsync(Scroll))!.Value;
        List<double> frames = [.. scrolled.GetProperty("frames").EnumerateArray().Select(f => f.GetDouble()).Skip(1)];
        BrowserCommand.Print(
            $"discover: scrolling a row a frame: {1000 / frames.Average():F0} frames/s, p95 {Percentiles.Of(frames, 95):F1} ms, {frames.Count(f => f > SmoothMs)} of {frames.Count} frames later than {SmoothMs:F0} ms, {scrolled.GetProperty("waiting").GetInt32()} with a row still to come");
    }

    private static async Task MemoryAsync(IBrowserContext context, IPage page, ServerProcess server)
    {
        ICDPSession session = await context.NewCDPSessionAsync(page);
        await session.SendAsync("HeapProfiler.collectGarbage");
        await session.SendAsync("Performance.enable");
        JsonElement metrics = (await session.SendAsync("Performance.getMetrics"))!.Value;
        double Metric(string name) => metrics.GetProperty("metrics").EnumerateArray().First(m => m.GetProperty("name").ValueEquals(name)).GetProperty("value").GetDouble();
        long before = server.AnonymousBytes;
        List<IPage> pages = [];
        for (int i = 0; i < Pages; i++)
        {
            pages.Add(await context.NewPageAsync());
            await pages[i].GotoAsync(Address);
            await pages[i].EvaluateAsync<double>(FirstRows);
        }

        long after = server.AnonymousBytes;
        BrowserCommand.Print(
            $"discover: a page holds {Metric("JSHeapUsedSize") / 1e6:F1} MB of scripts' memory and {Metric("Nodes"):F0} nodes; the server grew by {(after - before) / 1e6 / Pages:F1} MB a page over {Pages} more pages ({before / 1e6:F0} to {after / 1e6:F0} MB)");
        foreach (IPage opened in pages)
        {
            await opened.CloseAsync();
        }
    }
}
