using System.Globalization;
using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Server.Wal;
using LogView.Tests.Tail;
using LogView.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LogView.Tests.Tailing;

/// <summary>The whole program and one signed-in browser page on Live tail. Errors on the browser's console fail the test.</summary>
internal sealed class TailBrowser : IAsyncDisposable
{
    private readonly List<string> _errors = [];
    private int _appended;

    private TailBrowser(LogViewServer server, TcpProxy? proxy, IBrowserContext context, IPage page) =>
        (Server, Proxy, Context, Page) = (server, proxy, context, page);

    public LogViewServer Server { get; }

    /// <summary>Between the browser and the server, when asked for.</summary>
    public TcpProxy? Proxy { get; }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>The test breaks the connection on purpose, of which Chromium and Blazor write on the console.</summary>
    public bool AllowErrors { get; set; }

    public static async Task<TailBrowser> OpenAsync(
        IBrowser browser, string address = "/tail", int stored = 0, string scheme = "dark", int width = 1280, int height = 800, bool cuttable = false)
    {
        LogViewServer server = await LogViewServer.StartAsync();
        TcpProxy? proxy = cuttable ? new TcpProxy(server.Url) : null;
        IBrowserContext context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light, BaseURL = proxy?.Address.ToString() ?? server.Url,
        });
        IPage page = await context.NewPageAsync();
        var tail = new TailBrowser(server, proxy, context, page);
        page.Console += (_, m) => tail.Note(m);
        page.PageError += (_, e) => tail._errors.Add(e);
        await tail.AppendAsync(stored);
        await page.GotoAsync($"{await tail.SignInLinkAsync()}&returnUrl={Uri.EscapeDataString(address)}");
        return tail;
    }

    public ILocator Part(string testId) => Page.GetByTestId(testId);

    public ILocator Rows => Page.Locator(".lv-tail-row");

    /// <summary>Waits until the tail is live, backfill included.</summary>
    public async Task<TailBrowser> LiveAsync()
    {
        await Page.Locator("[data-testid=tail][data-state=live]").WaitForAsync();
        return this;
    }

    public Task MatchedAsync(long events) =>
        Page.WaitForFunctionAsync("n => Number(document.querySelector('[data-testid=tail-matched]').dataset.value) >= n", events, new() { PollingInterval = 50 });

    public async Task<long> CountAsync(string testId) => long.Parse(await Part(testId).GetAttributeAsync("data-value") ?? "0", CultureInfo.InvariantCulture);

    public Task<double> ScrollTopAsync() => Part("tail-rows").EvaluateAsync<double>("e => e.scrollTop");

    /// <summary>The numbers in the messages of the rows, in their order.</summary>
    public Task<int[]> NumbersAsync() =>
        Page.EvaluateAsync<int[]>(@"() => [...document.querySelectorAll('.lv-tail-message')].map(m => Number(/(?:payment|결제|cart\/) ?(\d+)/.exec(m.textContent)[1]))");

    /// <summary>Runs a query as people do.</summary>
    public async Task AskAsync(string query)
    {
        ILocator box = Page.Locator(".lv-query textarea");
        await box.FillAsync(query);
        await box.PressAsync("Enter");
    }

    /// <summary>Time the page's main thread has worked.</summary>
    public async Task<double> BusySecondsAsync()
    {
        ICDPSession chromium = await Context.NewCDPSessionAsync(Page);
        await chromium.SendAsync("Performance.enable");
        JsonElement metrics = (await chromium.SendAsync("Performance.getMetrics"))!.Value;
        return metrics.GetProperty("metrics").EnumerateArray().First(m => m.GetProperty("name").GetString() == "TaskDuration").GetProperty("value").GetDouble();
    }

    public Task AppendMessageAsync(string message) => Server.Services.GetRequiredService<IWriteAheadLog>().AppendAsync(
        [
            new LogEvent
            {
                Id = new EventId("message"), DataStream = DataStreamName.Parse("logs-shop-prod"), Timestamp = Timestamp.Now(TimeProvider.System),
                Source = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>(StringComparer.Ordinal) { ["message"] = message }),
            },
        ],
        CancellationToken.None);

    /// <summary>Acknowledged events of a small shop; every tenth is an error with a stack trace.</summary>
    public async Task AppendAsync(int count)
    {
        if (count > 0)
        {
            LogEvent[] events = [.. Enumerable.Range(_appended + 1, count).Select(Event)];
            _appended += count;
            await Server.Services.GetRequiredService<IWriteAheadLog>().AppendAsync(events, CancellationToken.None);
        }
    }

    /// <summary>A picture for people to look at, when LOGVIEW_SCREENSHOTS names a folder.</summary>
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
        if (Proxy is not null)
        {
            await Proxy.DisposeAsync();
        }

        await Server.DisposeAsync();
        Assert.Empty(_errors);
    }

    private static LogEvent Event(int n)
    {
        bool isError = n % 10 == 0;
        string message = isError
            ? $"Unhandled exception TimeoutException: payment {n} timed out\n   at Shop.Checkout.Pay(Order order)\n   at Shop.Checkout.Run()"
            : n % 7 == 0 ? $"결제 {n} 완료: 주문 확인" : $"GET /cart/{n} 200 in {n % 90} ms";
        var source = new Dictionary<string, object>
        {
            ["message"] = message, ["log.level"] = isError ? "error" : n % 5 == 0 ? "warn" : n % 3 == 0 ? "debug" : "info", ["n"] = n,
            ["service"] = new Dictionary<string, object> { ["name"] = n % 2 == 0 ? "checkout-api" : "web" }, ["host.name"] = $"web-{n % 4:D2}",
        };
        return new LogEvent
        {
            Id = new EventId(n.ToString(CultureInfo.InvariantCulture)), DataStream = DataStreamName.Parse("logs-shop-prod"),
            Timestamp = Timestamp.Now(TimeProvider.System), Source = JsonSerializer.SerializeToUtf8Bytes(source),
        };
    }

    private void Note(IConsoleMessage message)
    {
        if (message.Type == "error" && !AllowErrors)
        {
            _errors.Add(message.Text);
        }
    }

    private async Task<string> SignInLinkAsync()
    {
        using HttpResponseMessage made = await Server.Client.PostAsync("/api/v1/sign-in-links", content: null);
        using JsonDocument answer = JsonDocument.Parse(await made.Content.ReadAsStringAsync());
        return new Uri(answer.RootElement.GetProperty("url").GetString()!).PathAndQuery;
    }
}
