using Microsoft.JSInterop;

namespace LogView.Client.Shared;

/// <summary>
/// The <c>.razor.js</c> beside a component, imported on first use. A call after the browser or the component left is not an error: it does nothing
/// and answers the default.
/// </summary>
/// <param name="js">Of the circuit.</param>
/// <param name="path">Relative to the project: <c>Shared/Querying/QueryBox.razor.js</c>.</param>
public sealed class JsModule(IJSRuntime js, string path) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;
    private bool _isDisposed;

    public async ValueTask InvokeVoidAsync(string function, params object?[] arguments)
    {
        try
        {
            IJSObjectReference module = await ModuleAsync();
            // The component may have left while its script came; its elements are gone then.
            await (_isDisposed ? ValueTask.CompletedTask : module.InvokeVoidAsync(function, arguments));
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
            IJSObjectReference module = await ModuleAsync();
            return _isDisposed ? default : await module.InvokeAsync<T>(function, arguments);
        }
        catch (Exception e) when (IsGone(e))
        {
            _module = null;
            return default;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
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
