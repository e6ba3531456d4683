using System.Runtime.CompilerServices;

namespace LogView.Server.Tail;

/// <summary>How the reading of a tail ends when its access does.</summary>
public static class TailReads
{
    /// <summary>The items until <paramref name="ended"/> is cancelled: nothing is given after that, and no exception comes of it.</summary>
    public static async IAsyncEnumerable<T> UntilCancelledAsync<T>(this IAsyncEnumerable<T> items, [EnumeratorCancellation] CancellationToken ended)
    {
        await using IAsyncEnumerator<T> reading = items.GetAsyncEnumerator(CancellationToken.None);
        while (await MoveNextAsync(reading, ended))
        {
            yield return reading.Current;
        }
    }

    private static async Task<bool> MoveNextAsync<T>(IAsyncEnumerator<T> reading, CancellationToken ended)
    {
        try
        {
            return !ended.IsCancellationRequested && await reading.MoveNextAsync() && !ended.IsCancellationRequested;
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return false;
        }
    }
}
