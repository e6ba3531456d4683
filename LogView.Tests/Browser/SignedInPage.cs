using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LogView.Server.Hosting.Options;
using LogView.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LogView.Tests.Browser;

/// <summary>
/// The whole program and one page of a browser that followed the printed one-time link. Errors on the browser's console, and pages that stopped
/// working, fail the test when it is disposed.
/// </summary>
internal sealed class SignedInPage : IAsyncDisposable
{
    /// <summary>Each search waits some time for what was accepted before it.</summary>
    private const int MaxCounts = 30;

    private readonly List<string> _errors = [];

    private SignedInPage(LogViewServer server, IBrowserContext context, IPage page) => (Server, Context, Page) = (server, context, page);

    public LogViewServer Server { get; }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>The test asks for what the browser writes of on the console, such as a page that is not there.</summary>
    public bool AllowErrors { get; set; }

    public ILocator QueryBox => Page.GetByLabel("Query", new() { Exact = true });

    public ILocator Rows => Page.GetByRole(AriaRole.Grid, new() { Name = "Events" }).Locator("[data-i]");

    public ILocator Status => Page.Locator(".lv-status");

    /// <summary>Starts the program and opens the sign-in link that it printed.</summary>
    public static async Task<SignedInPage> OpenAsync(
        IBrowser browser, string scheme = "dark", int width = 1280, int height = 800, string? at = null, Func<LogViewOptions, LogViewOptions>? configure = null,
        Action<IServiceCollection>? replace = null)
    {
        LogViewServer server = await LogViewServer.StartAsync(configure, replace);
        IBrowserContext context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            BaseURL = server.Url, Locale = "en-GB", TimezoneId = "Asia/Seoul", Permissions = ["clipboard-read", "clipboard-write"],
        });
        context.SetDefaultTimeout(60_000);
        IPage page = await context.NewPageAsync();
        var signedIn = new SignedInPage(server, context, page);
        page.Console += (_, message) => signedIn.Note(message);
        page.PageError += (_, error) => signedIn._errors.Add(error);
        string link = server.Output.ToString().Split('\n').Single(l => l.Contains("/sign-in?token=", StringComparison.Ordinal)).Trim();
        await page.GotoAsync(at is null ? link : $"{link}&returnUrl={Uri.EscapeDataString(at)}");
        return signedIn;
    }

    /// <summary>Types a query as people do and runs it with Enter.</summary>
    public async Task AskAsync(string query)
    {
        await QueryBox.FillAsync(query);
        await QueryBox.PressAsync("Enter");
    }

    /// <summary>Waits for a part of the address. <c>WaitForURLAsync</c> misses a change between its look and its waiting.</summary>
    public Task UrlHasAsync(string part) => Assertions.Expect(Page).ToHaveURLAsync(new Regex(Regex.Escape(part)));

    /// <summary>The number in the status line: of the run before, if nothing was waited for since the last change.</summary>
    public async Task<long> HitsAsync()
    {
        await Assertions.Expect(Status.Locator("strong")).ToContainTextAsync("hit");
        string text = await Status.Locator("strong").InnerTextAsync();
        return long.Parse(string.Concat(text.Where(char.IsAsciiDigit)), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>What the API answers to the same question: the page must show the same number.</summary>
    public async Task<long> CountByApiAsync(string query, string from = "now-24h", string to = "now")
    {
        string path = $"/api/v1/search?size=0&q={Uri.EscapeDataString(query)}&from={Uri.EscapeDataString(from)}&to={Uri.EscapeDataString(to)}";
        using JsonDocument answer = JsonDocument.Parse(await Server.Client.GetStringAsync(path, TestContext.Current.CancellationToken));
        return answer.RootElement.GetProperty("total").GetProperty("value").GetInt64();
    }

    /// <summary>Sends events of now to data streams, and waits until they are found.</summary>
    public async Task SendAsync(params (string DataStream, string Source)[] events)
    {
        string lines = string.Concat(events.Select(e => $"{{\"create\":{{\"_index\":\"{e.DataStream}\"}}}}\n{e.Source}\n"));
        using StringContent body = new(lines, Encoding.UTF8, "application/x-ndjson");
        using HttpResponseMessage response = await Server.Elastic.PostAsync("/_bulk", body, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        long found = 0;
        for (int i = 0; i < MaxCounts && found < events.Length; i++)
        {
            // A cluster whose new index is not ready is unavailable.
            using HttpResponseMessage answer = await Server.Client.GetAsync("/api/v1/search?size=0&from=now-24h&to=now", TestContext.Current.CancellationToken);
            using JsonDocument counted = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            found = counted.RootElement.TryGetProperty("total", out JsonElement total) ? total.GetProperty("value").GetInt64() : 0;
        }

        Assert.Equal(events.Length, found);
    }

    /// <summary>A picture for the README and for people to look at, when LOGVIEW_SCREENSHOTS names a folder.</summary>
    public async Task ShowAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("LOGVIEW_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Context.DisposeAsync();
        await Server.DisposeAsync();
        string[] broken = [.. Server.Log.Lines.Where(l => l.Contains(" Microsoft.AspNetCore.Components.", StringComparison.Ordinal) && l.Contains("Unhandled exception", StringComparison.Ordinal))];
        foreach (string line in broken)
        {
            // A failed expectation of the test itself hides what follows.
            TestContext.Current.TestOutputHelper?.WriteLine(line);
        }

        Assert.Empty(_errors.Concat(broken));
    }

    private void Note(IConsoleMessage message)
    {
        if (message.Type == "error" && !AllowErrors)
        {
            _errors.Add(message.Text);
        }
    }
}
