namespace LogView.Client.Shared;

/// <summary>
/// How long a component lives. What it began may go on for a while after its end and still ask for the token: a source that is disposed of would throw then, and the page that
/// came after would seem to have stopped working.
/// </summary>
public sealed class Lifetime : IDisposable
{
    private readonly CancellationTokenSource _source = new();

    public Lifetime() => Token = _source.Token;

    /// <summary>Cancelled at the end.</summary>
    public CancellationToken Token { get; }

    public bool IsOver => Token.IsCancellationRequested;

    /// <summary>The end.</summary>
    public void Dispose()
    {
        if (!IsOver)
        {
            _source.Cancel();
            _source.Dispose();
        }
    }
}
