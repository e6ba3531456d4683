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
    private Task<IJSObjectReference?>? _held;
    private string? _forget;
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

    /// <summary>
    /// What the script makes for the component, such as listeners: the end takes it back, also when the answer comes only after it. One object for each component.
    /// </summary>
    /// <param name="function">Answers an object of the script.</param>
    /// <param name="forget">Is called with that object at the end.</param>
    public async ValueTask<IJSObjectReference?> HoldAsync(string function, string forget, params object?[] arguments)
    {
        _forget = forget;
        _held = InvokeAsync<IJSObjectReference>(function, arguments).AsTask();
        return await _held;
    }

    /// <summary>
    /// Does not wait for what is still to come: of a page that was left it never does, and the circuit, with the request by which the browser took leave, would wait until
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
        return _module.IsCompleted && _held?.IsCompleted != false ? new(dropped) : ValueTask.CompletedTask;
    }

    /// <summary>Who called the script is told that it failed, not who drops it.</summary>
    private async Task DropAsync(Task<IJSObjectReference> coming)
    {
        try
        {
            IJSObjectReference module = await coming;
            if (_held is not null && await _held is { } held)
            {
                await module.InvokeVoidAsync(_forget!, held);
                await held.DisposeAsync();
            }

            await module.DisposeAsync();
        }
        catch (Exception e) when (IsGone(e) || e is JSException)
        {
            return;
        }
    }

    private static bool IsGone(Exception e) => e is JSDisconnectedException or OperationCanceledException or ObjectDisposedException;

    private Task<IJSObjectReference> ModuleAsync() => _module ??= js.InvokeAsync<IJSObjectReference>("import", $"./_content/LogView.Client/{path}").AsTask();
}
