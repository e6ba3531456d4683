using System.Net;
using System.Net.Sockets;

namespace LogView.Tests.Tail;

/// <summary>Stands between a client and a server, to cut the line or to stop carrying anything over it, as networks do.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private IPEndPoint _server;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly List<Socket> _sockets = [];
    private readonly Task _accepting;
    private TaskCompletionSource _carrying = Completed();
    private bool _refusing;

    public TcpProxy(string server)
    {
        _server = new IPEndPoint(IPAddress.Loopback, new Uri(server).Port);
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public int Connections { get; private set; }

    /// <summary>Closes every connection without a word.</summary>
    public void Cut(bool refuseNew = false)
    {
        lock (_lock)
        {
            _refusing = refuseNew;
            _sockets.ForEach(Abort);
            _sockets.Clear();
        }
    }

    /// <summary>The server is at another address now.</summary>
    public void Redirect(string server)
    {
        _server = new IPEndPoint(IPAddress.Loopback, new Uri(server).Port);
        Repair();
    }

    public void Repair()
    {
        lock (_lock)
        {
            _refusing = false;
        }
    }

    /// <summary>Carries nothing towards the client any more, while the connections stay open.</summary>
    public void Stall() => _carrying = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Unstall() => _carrying.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        Unstall();
        Cut(refuseNew: true);
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private static void Abort(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The other direction has closed it already.
        }

        socket.Dispose();
    }

    private static TaskCompletionSource Completed()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    private async Task AcceptAsync()
    {
        var carrying = new List<Task>();
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync(_end.Token);
                carrying.Add(CarryAsync(client));
            }
        }
        finally
        {
            await Task.WhenAll(carrying);
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 16 * 1024 };
        lock (_lock)
        {
            if (_refusing)
            {
                Abort(client);
                return;
            }

            Connections++;
            _sockets.Add(client);
            _sockets.Add(server);
        }

        await server.ConnectAsync(_server, _end.Token);
        await Task.WhenAll(PumpAsync(client, server, canStall: false), PumpAsync(server, client, canStall: true));
    }

    private async Task PumpAsync(Socket from, Socket to, bool canStall)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                int read = await from.ReceiveAsync(buffer, _end.Token);
                await (canStall ? _carrying.Task : Task.CompletedTask);
                if (read == 0)
                {
                    to.Shutdown(SocketShutdown.Send);
                    return;
                }

                for (int sent = 0; sent < read;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), _end.Token);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            Abort(from);
            Abort(to);
        }
    }
}
