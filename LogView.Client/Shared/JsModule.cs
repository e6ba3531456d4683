using Microsoft.JSInterop;

namespace LogView.Client.Shared;

/// <summary>
/// The <c>.razor.js</c> beside a component, imported on first use. A call after the browser left is not an error: it does nothing
/// and answers the default.
/// </summary>
/// <param name="js">Of the circuit.</param>
/// <param name="path">Relative to the project: <c>Shared/Querying/QueryBox.razor.js</c>.</param>
public sealed class JsModule(IJSRuntime js, string path) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;

    public async ValueTask InvokeVoidAsync(string function, params object?[] arguments)
    {
        try
        {
            await (await ModuleAsync()).InvokeVoidAsync(function, arguments);
        }
        catch (Exception e) when (IsGone(e))
        {
            _module = null;
        }
    }

    public async ValueTask<T?> InvokeAsync<T>(string function, params object?[] arguments)
    {
        try
        {
            return await (await ModuleAsync()).InvokeAsync<T>(function, arguments);
        }
        catch (Exception e) when (IsGone(e))
        {
            _module = null;
            return default;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_module is null)
        {
            return;
        }

        try
        {
            await (await _module).DisposeAsync();
        }
        catch (Exception e) when (IsGone(e))
        {
            _module = null;
        }
    }

    private static bool IsGone(Exception e) => e is JSDisconnectedException or OperationCanceledException or ObjectDisposedException;

    private Task<IJSObjectReference> ModuleAsync() => _module ??= js.InvokeAsync<IJSObjectReference>("import", $"./_content/LogView.Client/{path}").AsTask();
}
