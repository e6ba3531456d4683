using Microsoft.Playwright;

namespace LogView.Tests.Browser;

/// <summary>One headless Chromium for all browser tests: Debian's package, which <c>./test</c> installs.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    /// <summary>Without the background-networking flags Chromium looks for hosts of its own at each start.</summary>
    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    /// <summary>How long a page may take to show what is expected: a machine that also builds is slow, and waiting costs nothing when it is not.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private IPlaywright? _playwright;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.True(File.Exists(Chromium), $"The browser tests need {Chromium}: apt-get install chromium fonts-roboto fonts-noto-cjk, or run ./test");
        Assertions.SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = Flags });
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
