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

    /// <summary>The last call, for what the script holds of the component, and the end. A script that is not there yet holds nothing.</summary>
    public async ValueTask EndAsync(string function, params object?[] arguments)
    {
        if (_module is { IsCompletedSuccessfully: true })
        {
            await InvokeVoidAsync(function, arguments);
        }

        await DisposeAsync();
    }

    /// <summary>
    /// Does not wait for a script that is still to come: of a page that was left it never does, and the circuit, with the request by which the browser took leave, would wait until
    /// the call is given up after a minute.
    /// </summary>
    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        if (_module is null)
        {
            return ValueTask.CompletedTask;
        }

        Task dropped = DropAsync(_module);
        return _module.IsCompleted ? new(dropped) : ValueTask.CompletedTask;
    }

    /// <summary>Who called the script is told that it failed, not who drops it.</summary>
    private static async Task DropAsync(Task<IJSObjectReference> coming)
    {
        try
        {
            await (await coming).DisposeAsync();
        }
        catch (Exception e) when (IsGone(e) || e is JSException)
        {
            return;
        }
    }

    private static bool IsGone(Exception e) => e is JSDisconnectedException or OperationCanceledException or ObjectDisposedException;

    private Task<IJSObjectReference> ModuleAsync() => _module ??= js.InvokeAsync<IJSObjectReference>("import", $"./_content/LogView.Client/{path}").AsTask();
}
