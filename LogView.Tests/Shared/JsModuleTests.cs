using LogView.Client.Shared;
using Microsoft.JSInterop;

namespace LogView.Tests.Shared;

/// <summary>The end of a component never waits for a browser that may have left, and takes back what its script made.</summary>
public sealed class JsModuleTests
{
    private const string Path = "Shared/Hotkeys.razor.js";

    [Fact]
    public async Task End_WhileTheScriptIsComing_DoesNotWaitAndMakesNothing()
    {
        await using var browser = new Browser();
        var module = new JsModule(browser, Path);
        Task<IJSObjectReference?> listening = module.HoldAsync("listen", "forget").AsTask();

        Assert.True(module.DisposeAsync().AsTask().IsCompletedSuccessfully);

        browser.Script.SetResult(browser);
        Assert.Null(await listening);
        await browser.IsDropped;
        Assert.Equal(["import"], browser.Calls);
    }

    [Fact]
    public async Task End_BeforeTheScriptAnswers_DoesNotWaitAndTakesBackWhatComes()
    {
        await using var browser = new Browser();
        await using var listener = new Browser();
        var module = new JsModule(browser, Path);
        browser.Script.SetResult(browser);
        Task<IJSObjectReference?> listening = module.HoldAsync("listen", "forget").AsTask();

        Assert.True(module.DisposeAsync().AsTask().IsCompletedSuccessfully);

        Assert.Equal(["import", "listen"], browser.Calls);
        browser.Listener.SetResult(listener);
        Assert.NotNull(await listening);
        await browser.IsDropped;
        Assert.Equal(["import", "listen", "forget"], browser.Calls);
    }

    [Fact]
    public async Task End_TakesBackWhatTheScriptMade()
    {
        await using var browser = new Browser();
        await using var listener = new Browser();
        var module = new JsModule(browser, Path);
        browser.Script.SetResult(browser);
        browser.Listener.SetResult(listener);
        await module.HoldAsync("listen", "forget");

        await module.DisposeAsync();

        Assert.Equal(["import", "listen", "forget"], browser.Calls);
        Assert.True(browser.IsDropped.IsCompletedSuccessfully && listener.IsDropped.IsCompletedSuccessfully);
    }

    /// <summary>The browser's side, which answers when the test says so.</summary>
    private sealed class Browser : IJSRuntime, IJSObjectReference
    {
        private readonly TaskCompletionSource _dropped = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Calls { get; } = [];

        public TaskCompletionSource<IJSObjectReference> Script { get; } = new();

        public TaskCompletionSource<IJSObjectReference> Listener { get; } = new();

        public Task IsDropped => _dropped.Task;

        public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args)
        {
            Calls.Add(identifier);
            return identifier switch
            {
                "import" => (TValue)await Script.Task,
                "listen" => (TValue)await Listener.Task,
                _ => default!,
            };
        }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);

        public ValueTask DisposeAsync()
        {
            _dropped.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }
}
