using LogView.Client.Contracts.Search;

namespace LogView.Server.Storage;

/// <summary>The engine cannot do what was asked now. The message is one sentence for people that says what to do; it holds no secret.</summary>
public class StoreUnavailableException : SearchUnavailableException
{
    public StoreUnavailableException()
        : this("The event store does not answer; try again")
    {
    }

    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    public StoreUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
