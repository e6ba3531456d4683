using System.Net;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Tail;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace LogView.Client.Hubs;

/// <summary>
/// A live tail for programs. Connects, subscribes, and after a broken connection resumes where it was: batches go on without loss or
/// duplicate, or with <see cref="TailStatus.Gap"/> where the server has no more. Safe for any number of subscriptions at once.
/// </summary>
public sealed class TailClient : IAsyncDisposable
{
    private readonly TailClientOptions _options;
    private readonly HubConnection _connection;
    private readonly SemaphoreSlim _connecting = new(1, 1);

    public TailClient(TailClientOptions options)
    {
        _options = options;
        _connection = new HubConnectionBuilder()
            .WithUrl(new Uri(options.Address, "hubs/tail"), http => http.Headers["Authorization"] = $"ApiKey {options.ApiKey}")
            .AddMessagePackProtocol()
            .Build();
        _connection.ServerTimeout = options.ServerTimeout;
        _connection.KeepAliveInterval = TimeSpan.FromSeconds(3);
    }

    /// <summary>
    /// Follows until cancelled (then throws <see cref="OperationCanceledException"/>). Counts go on over broken connections. A problem is
    /// the last message.
    /// </summary>
    public async IAsyncEnumerable<TailMessage> SubscribeAsync(TailRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var total = new TailTotal(request);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = Channel.CreateBounded<TailMessage>(
            new BoundedChannelOptions(_options.MaxWaitingBatches) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true },
            total.LeaveOut);
        Task receiving = ReceiveAsync(total, waiting.Writer, leave.Token);
        try
        {
            await foreach (TailMessage message in waiting.Reader.ReadAllAsync(cancellationToken))
            {
                yield return total.Deliver(message);
            }
        }
        finally
        {
            await leave.CancelAsync();
            await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _connecting.Dispose();
    }

    private async Task ReceiveAsync(TailTotal total, ChannelWriter<TailMessage> waiting, CancellationToken cancellationToken)
    {
        try
        {
            int attempt = 0;
            while (await ReceiveOnceAsync(total, waiting, () => attempt = 0, cancellationToken) is { } interruption)
            {
                total.Interrupted();
                TimeSpan pause = Pause(attempt++);
                _options.OnInterrupted?.Invoke(interruption, pause);
                await Task.Delay(pause, _options.Clock, cancellationToken);
            }

            waiting.Complete();
        }
        catch (Exception exception)
        {
            waiting.Complete(exception);
        }
    }

    /// <summary>Receives until the connection breaks and answers why; null after a problem, which ends the subscription.</summary>
    private async Task<Exception?> ReceiveOnceAsync(
        TailTotal total, ChannelWriter<TailMessage> waiting, Action received, CancellationToken cancellationToken)
    {
        try
        {
            await ConnectAsync(cancellationToken);
            await foreach (TailMessage message in _connection.StreamAsync<TailMessage>("Subscribe", total.Next, cancellationToken))
            {
                if (message.Problem is { Kind: SearchProblemKind.Unavailable } busy && total.HasBegun)
                {
                    return new HubException(busy.Message);
                }

                if (message.Batch is not { } batch)
                {
                    await waiting.WriteAsync(message, cancellationToken);
                    return null;
                }

                received();
                await waiting.WriteAsync(new TailMessage(total.Add(batch)), cancellationToken);
            }

            return new HubException("The server ended the live tail");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (Refusal(exception) is not { } refusal)
            {
                return exception;
            }

            await waiting.WriteAsync(new TailMessage(null, refusal), cancellationToken);
            return null;
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken);
        try
        {
            if (_connection.State == HubConnectionState.Disconnected)
            {
                await _connection.StartAsync(cancellationToken);
            }
        }
        finally
        {
            _connecting.Release();
        }
    }

    private TimeSpan Pause(int attempt)
    {
        TimeSpan pause = _options.RetryDelays[Math.Min(attempt, _options.RetryDelays.Count - 1)];
#pragma warning disable CA5394 // Spreads load; nothing secret depends on it.
        return pause * (1 + Random.Shared.NextDouble() / 4);
#pragma warning restore CA5394
    }

    /// <summary>Answers that coming back does not change.</summary>
    private static SearchProblem? Refusal(Exception exception) => (exception as HttpRequestException)?.StatusCode switch
    {
        HttpStatusCode.Unauthorized => new SearchProblem(SearchProblemKind.Forbidden, "LogView does not know the API key"),
        HttpStatusCode.Forbidden => new SearchProblem(SearchProblemKind.Forbidden, "The API key lacks the right to search"),
        HttpStatusCode.NotFound => new SearchProblem(SearchProblemKind.NotFound, "There is no live tail at this address"),
        _ => null,
    };
}
