using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LogView.Benchmarks.Load;
using Microsoft.Playwright;

namespace LogView.Benchmarks.Browser;

/// <summary>Live tail: from the acknowledgement of an event to the frame that shows it.</summary>
internal static class TailFigures
{
    /// <summary>Notes the wall clock at the frame after each probe's row came.</summary>
    private const string Watch = """
        () => {
          window.lvSeen = {};
          new MutationObserver(changes => {
            const found = [];
            for (const change of changes) for (const node of change.addedNodes) {
              for (const hit of (node.textContent ?? '').matchAll(/orders\/(\d+) HTTP/g)) if (!(hit[1] in window.lvSeen)) { found.push(hit[1]); window.lvSeen[hit[1]] = 0; }
            }
            if (found.length) requestAnimationFrame(() => { const now = performance.timeOrigin + performance.now(); for (const n of found) window.lvSeen[n] = now; });
          }).observe(document.body, { childList: true, subtree: true, characterData: true });
        }
        """;

    public static async Task RunAsync(IBrowserContext context, ServerProcess server, HttpClient http, BrowserOptions options)
    {
        IPage page = await context.NewPageAsync();
        await page.GotoAsync("/tail?q=" + Uri.EscapeDataString("service: tailprobe or service.name: tailprobe"), new() { WaitUntil = WaitUntilState.NetworkIdle });
        await page.EvaluateAsync(Watch);
        var acknowledged = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        double startedAt = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
        long started = Stopwatch.GetTimestamp();
        long probes = await TailLoad.SendAsync(http, new LoadOptions { Corpus = options.Corpus, TailRate = options.TailRate, TailSeconds = options.TailSeconds }, acknowledged);
        string last = string.Create(CultureInfo.InvariantCulture, $"{acknowledged.Keys.Max(NumberOf)}");
        await page.WaitForFunctionAsync("last => window.lvSeen[last] > 0", last);
        JsonElement seen = (await page.EvaluateAsync("() => window.lvSeen"))!.Value;
        List<double> late = [.. acknowledged
            .Where(a => seen.TryGetProperty(string.Create(CultureInfo.InvariantCulture, $"{NumberOf(a.Key)}"), out _))
            .Select(a => Math.Max(0, seen.GetProperty(string.Create(CultureInfo.InvariantCulture, $"{NumberOf(a.Key)}")).GetDouble() - startedAt - Stopwatch.GetElapsedTime(started, a.Value).TotalMilliseconds))];
        BrowserCommand.Print(
            $"tail: {options.TailRate:N0} events/s for {options.TailSeconds} s, {late.Count} of {probes} probes seen on the page; acknowledgement to painted p50 {Percentiles.Of(late, 50):F0} ms, p99 {Percentiles.Of(late, 99):F0} ms");
        await page.CloseAsync();
    }

    private static long NumberOf(string id) => long.Parse(id.AsSpan(id.LastIndexOf('-') + 1), CultureInfo.InvariantCulture);
}
