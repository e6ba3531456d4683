namespace LogView.Client.Contracts.Search;

/// <summary>The event store does not answer now. The message is one sentence for people that says what to do; it holds no secret.</summary>
public class SearchUnavailableException : Exception
{
    public SearchUnavailableException()
        : this("The event store does not answer; try again")
    {
    }

    public SearchUnavailableException(string message)
        : base(message)
    {
    }

    public SearchUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
