using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Format;
using LogView.Server.Storage.Embedded.Heads;

namespace LogView.Tests.Storage.Embedded.Heads;

public sealed class HeadIdsTests
{
    private static readonly UInt128 First = (UInt128)0x0192_0000_0000_0000 << 64;

    public static TheoryData<int[]> Orders => new(
        [0, 1, 2, 3, 4, 5, 6, 7],
        [4, 5, 6, 7, 0, 1, 2, 3],
        [0, 2, 4, 6, 1, 3, 5, 7],
        [7, 6, 5, 4, 3, 2, 1, 0],
        [0, 1, 4, 5, 2, 3, 6]);

    [Theory]
    [MemberData(nameof(Orders))]
    public void Find_MadeIdsInAnyOrder_GivesTheirEvents(int[] order)
    {
        var ids = new HeadIds();
        for (int doc = 0; doc < order.Length; doc++)
        {
            ids.Add(doc, Made(order[doc]), isGiven: false);
        }

        Assert.Equal(Enumerable.Range(0, order.Length), order.Select(n => ids.Find(Made(n))));
        Assert.Equal(order.Select(Made), Enumerable.Range(0, order.Length).Select(ids.Of));
        Assert.Equal((-1, -1), (ids.Find(Made(-1)), ids.Find(Made(8))));
        Assert.Equal(First + (UInt128)order.Max(), ids.LastMade);
    }

    [Fact]
    public void Find_GivenAndMadeInTurns_GivesTheirEvents()
    {
        var ids = new HeadIds();
        EventId[] all = [new("a"), Made(0), Made(1), new("b"), Made(2), Made(7)];
        for (int doc = 0; doc < all.Length; doc++)
        {
            // The last looks like LogView's, and the shipper gave it.
            ids.Add(doc, all[doc], isGiven: doc is 0 or 3 or 5);
        }

        Assert.Equal([0, 1, 2, 3, 4, 5], all.Select(ids.Find));
        Assert.Equal(all, Enumerable.Range(0, all.Length).Select(ids.Of));
        Assert.Equal([false, true, true, false, true, false], Enumerable.Range(0, all.Length).Select(doc => ids.TryMade(doc, out _)));
        Assert.Equal(First + 7, ids.LastMade);
    }

    [Fact]
    public void Truncate_InARun_ForgetsItsEnd()
    {
        var ids = new HeadIds();
        for (int doc = 0; doc < 6; doc++)
        {
            ids.Add(doc, Made(doc), isGiven: false);
        }

        ids.Truncate(4);
        ids.Add(4, Made(9), isGiven: false);
        ids.Add(5, Made(4), isGiven: false);

        Assert.Equal([3, 5, -1, 4], new[] { 3, 4, 5, 9 }.Select(n => ids.Find(Made(n))));
    }

    private static EventId Made(int number) => new(MadeId.Write(unchecked(First + (UInt128)(Int128)number)));
}
