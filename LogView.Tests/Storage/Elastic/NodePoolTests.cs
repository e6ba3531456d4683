using LogView.Server.Storage.Elastic.Client;
using Microsoft.Extensions.Time.Testing;

namespace LogView.Tests.Storage.Elastic;

/// <summary>Which node is asked next.</summary>
public sealed class NodePoolTests
{
    private static readonly Uri A = new("http://a:9200"), B = new("http://b:9200");

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Next_AllWell_TakesTurns()
    {
        NodePool pool = new([A, B], _clock);

        Assert.Equal([A, B, A, B], Enumerable.Range(0, 4).Select(_ => pool.Next()));
    }

    [Fact]
    public void Next_FailedNode_IsLeftOutForLongerEachTime()
    {
        NodePool pool = new([A, B], _clock);
        pool.Failed(A);
        Assert.Equal([B, B], [pool.Next(), pool.Next()]);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains(A, new[] { pool.Next(), pool.Next() });

        pool.Failed(A);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([B, B], [pool.Next(), pool.Next()]);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains(A, new[] { pool.Next(), pool.Next() });
    }

    [Fact]
    public void Next_AllFailed_IsTheOneWhosePauseEndsFirst()
    {
        NodePool pool = new([A, B], _clock);
        pool.Failed(A);
        pool.Failed(A);
        pool.Failed(B);

        Assert.Equal(B, pool.Next());
        pool.Answered(A);
        Assert.Equal(A, pool.Next());
    }
}
