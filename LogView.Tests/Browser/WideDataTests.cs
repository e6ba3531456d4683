using System.Globalization;
using System.Text;
using System.Text.Json;
using LogView.Tests.Testing;
using Microsoft.Playwright;

namespace LogView.Tests.Browser;

/// <summary>Events with 50,000 different fields: typing stays typing. The times are told, not asserted; docs/performance.md has some.</summary>
[Trait("Kind", "slow")]
public sealed class WideDataTests(ChromiumFixture chromium, ITestOutputHelper output) : IClassFixture<ChromiumFixture>
{
    private const int Events = 10;
    private const int FieldsOfEach = 5_000;

    /// <summary>Per key: milliseconds of the page's own work, and until the frame that shows the key was drawn.</summary>
    private const string Watch = """
        () => {
          window.typing = { work: [], frame: [] };
          const box = document.activeElement;
          const after = (from, list) => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => list.push(performance.now() - from);
            channel.port2.postMessage(0);
          };
          box.addEventListener('keydown', () => {
            const from = performance.now();
            after(from, window.typing.work);
            requestAnimationFrame(() => after(from, window.typing.frame));
          }, { capture: true });
        }
        """;

    [Fact]
    public async Task Typing_AmongFiftyThousandFields_SuggestsAndStays()
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser);
        await SendAsync(me.Server);
        await me.Page.GotoAsync("/discover");
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync();
        await Assertions.Expect(me.Page.Locator(".lv-side")).ToContainTextAsync("team_0_");
        await me.QueryBox.FocusAsync();
        await me.Page.EvaluateAsync(Watch);
        const string Query = "team_7_label_4321: on and team_9_label_1234 > 5 and not message: ";

        await me.QueryBox.PressSequentiallyAsync(Query + "team_3_label_49", new() { Delay = 60 });

        await Assertions.Expect(me.QueryBox).ToHaveValueAsync(Query + "team_3_label_49");
        await me.QueryBox.FillAsync("team_3_labe");
        await me.Page.Keyboard.TypeAsync("l");
        await Assertions.Expect(me.Page.GetByRole(AriaRole.Listbox)).ToContainTextAsync("team_3_label_");
        JsonElement typing = await me.Page.EvaluateAsync<JsonElement>("() => window.typing");
        output.WriteLine($"{Tell(typing, "work")} of work a key, {Tell(typing, "frame")} until it was drawn");
        Assert.True(typing.GetProperty("frame").GetArrayLength() > Query.Length);
    }

    [Fact]
    public async Task FieldSearch_AmongFiftyThousandFields_FindsPinsAndStays()
    {
        await using SignedInPage me = await SignedInPage.OpenAsync(chromium.Browser);
        await SendAsync(me.Server);
        await me.Page.GotoAsync("/discover");
        await Assertions.Expect(me.Rows.First).ToBeVisibleAsync();
        ILocator side = me.Page.Locator(".lv-side"), search = me.Page.GetByLabel("Search fields");
        await Assertions.Expect(side).ToContainTextAsync("team_0_");
        await search.FocusAsync();
        await me.Page.EvaluateAsync(Watch);

        await search.PressSequentiallyAsync("TEAM_7_label_4321", new() { Delay = 60 });

        ILocator found = side.GetByRole(AriaRole.Button, new() { Name = "team_7_label_4321" }).First;
        await Assertions.Expect(side.Locator(".lv-field")).ToHaveCountAsync(1);
        await found.ClickAsync();
        await side.GetByRole(AriaRole.Button, new() { Name = "Pin", Exact = true }).ClickAsync();
        await Assertions.Expect(side.Locator("h2")).ToContainTextAsync("Pinned");
        await Assertions.Expect(side).ToContainTextAsync("1 value");
        await me.ShowAsync("field-pinned");
        JsonElement typing = await me.Page.EvaluateAsync<JsonElement>("() => window.typing");
        output.WriteLine($"field search: {Tell(typing, "work")} of work a key, {Tell(typing, "frame")} until it was drawn");
        await me.Page.ReloadAsync();
        await Assertions.Expect(side.Locator("h2").First).ToContainTextAsync("Pinned");
        await Assertions.Expect(side.Locator("ul").First).ToContainTextAsync("team_7_label_4321");
    }

    private static string Tell(JsonElement typing, string name)
    {
        double[] times = [.. typing.GetProperty(name).EnumerateArray().Select(t => t.GetDouble()).Order()];
        return string.Create(CultureInfo.InvariantCulture, $"p50 {times[times.Length / 2]:0.0} ms, p95 {times[times.Length * 95 / 100]:0.0} ms");
    }

    private static async Task SendAsync(LogViewServer server)
    {
        var body = new StringBuilder();
        for (int e = 0; e < Events; e++)
        {
            body.Append(CultureInfo.InvariantCulture, $"{{\"message\":\"wide {e}\"");
            for (int f = 0; f < FieldsOfEach; f++)
            {
                body.Append(CultureInfo.InvariantCulture, $",\"team_{e}_label_{f}\":{f}");
            }

            body.Append("}\n");
        }

        using HttpResponseMessage answer = await server.Client.PostAsync("/ingest/logs-wide-test", new StringContent(body.ToString()), TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
