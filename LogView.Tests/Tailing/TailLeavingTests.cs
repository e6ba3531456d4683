using System.Security.Claims;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Search;
using LogView.Client.Tailing;
using LogView.Tests.Testing;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace LogView.Tests.Tailing;

/// <summary>Somebody goes to another page while the tail is still being set up: the other page must not break, and no tail may stay behind.</summary>
public sealed class TailLeavingTests : UiTest
{
    private readonly SlowScript _script = new();

    public TailLeavingTests()
    {
        Services.AddSingleton<ISearchService>(new FakeSearchService());
        Services.AddSingleton<IJSRuntime>(_script);
    }

    [Theory]
    [InlineData("mount")]
    [InlineData("zone")]
    [InlineData("call follow")]
    public async Task Leave_BeforeTheBrowserHasAnswered_BreaksNothingAndLeavesNoTail(string waitsFor)
    {
        _script.Holds = waitsFor;
        ClaimsPrincipal someone = ViewerClaims.ToPrincipal(new Viewer("ann", Rights.Search, ["*"]), "test");
        Render<TailPage>(p => p.AddCascadingValue(Task.FromResult(new AuthenticationState(someone))));
        Assert.Contains(waitsFor, _script.Calls);

        await DisposeComponentsAsync();
        _script.Release();
        for (int i = 0; i < 5; i++)
        {
            await Renderer.Dispatcher.InvokeAsync(() => { });
        }

        Assert.False(Renderer.UnhandledException.IsCompleted, Renderer.UnhandledException.IsCompleted ? (await Renderer.UnhandledException).ToString() : null);
        Assert.Equal(_script.Calls.Contains("mount"), _script.Calls[^1] is "call dispose");
    }

    /// <summary>The browser: answers nothing to everything, and to one call only when it is told to.</summary>
    private sealed class SlowScript : IJSRuntime, IJSObjectReference
    {
        private readonly TaskCompletionSource _held = new();

        public string Holds { get; set; } = "";

        /// <summary>Those of the page's own script.</summary>
        public List<string> Calls { get; } = [];

        public void Release() => _held.SetResult();

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => InvokeAsync<TValue>(identifier, CancellationToken.None, args);

        public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args)
        {
            string call = identifier is "call" ? $"call {args![1]}" : identifier;
            if (identifier is "mount" or "zone" or "call")
            {
                Calls.Add(call);
            }

            await (call == Holds ? _held.Task : Task.CompletedTask);
            return typeof(TValue) == typeof(IJSObjectReference) ? (TValue)(object)this : default!;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
