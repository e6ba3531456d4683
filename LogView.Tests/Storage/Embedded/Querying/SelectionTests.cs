using System.Globalization;
using LogView.Server.Storage.Embedded.Querying;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Embedded.Querying;

public sealed class SelectionTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(101)]
    [InlineData(5_000)]
    [InlineData(40_000)]
    public void From_AnyOrderOfAddition_IsTheSortedList(int capacity)
    {
        int seed = Seed.Value is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : System.Random.Shared.Next();
        output.WriteLine($"LOGVIEW_SEED={seed}");
        var random = new System.Random(seed);
        foreach (int count in (int[])[0, 1, capacity - 1, capacity, capacity + 1, 3 * capacity, 120_000])
        {
            int[] sorted = [.. Enumerable.Range(0, count)];
            int[] shuffled = [.. sorted];
            random.Shuffle(shuffled);
            // As they come from segments: runs that are sorted, turned around, or in the middle of each other.
            int[] pipes = [.. sorted.Where(i => i % 2 == 0), .. sorted.Where(i => i % 2 == 1).Reverse()];
            foreach (int[] order in (int[][])[sorted, [.. sorted.Reverse()], shuffled, pipes])
            {
                var selection = new Selection<int>(capacity, Comparer<int>.Default);
                foreach (int item in order)
                {
                    selection.Add(item);
                }

                int first = random.Next(capacity + 2);
                Assert.Equal(sorted.Take(capacity).Skip(first), selection.From(first));
                Assert.Equal(sorted.Take(capacity), selection.From(0));
                Assert.True(selection.Last is not { } last || last >= capacity - 1, "What is among the first ones is not refused.");
            }
        }
    }

    [Fact]
    public void From_WhileMoreCome_IsWhatIsKnown()
    {
        var selection = new Selection<int>(3, Comparer<int>.Default);
        List<int> added = [];

        foreach (int item in (int[])[9, 4, 7, 8, 1, 6, 3, 2, 5, 0])
        {
            selection.Add(item);
            added.Add(item);

            Assert.Equal(added.Order().Take(3), selection.From(0));
        }
    }
}
