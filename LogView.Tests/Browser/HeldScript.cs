using Microsoft.Playwright;

namespace LogView.Tests.Browser;

/// <summary>A script that the browser asks for and does not get until the test lets it go: a slow network, made deterministic.</summary>
internal sealed class HeldScript
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HeldScript()
    {
    }

    /// <summary>Done once the browser has asked for the script.</summary>
    public Task Asked => _asked.Task;

    /// <param name="context">Pages opened from now on.</param>
    /// <param name="file">How the path of its address ends.</param>
    public static async Task<HeldScript> OfAsync(IBrowserContext context, string file)
    {
        var held = new HeldScript();
        await context.RouteAsync(url => new Uri(url).AbsolutePath.EndsWith(file, StringComparison.Ordinal), async route =>
        {
            held._asked.TrySetResult();
            await held._gate.Task;
            await route.ContinueAsync();
        });
        return held;
    }

    public void LetGo() => _gate.TrySetResult();
}
