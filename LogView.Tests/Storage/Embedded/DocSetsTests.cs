using LogView.Server.Storage.Embedded.Documents;
using LogView.Tests.Testing;

namespace LogView.Tests.Storage.Embedded;

public sealed class DocSetsTests(ITestOutputHelper output)
{
    private const int Events = 3_000;
    private const int Rounds = 2_000;

    [Fact]
    public void Operations_OnSetsOfAllForms_AreThoseOfSets()
    {
        int seed = int.TryParse(Seed.Value, out int given) ? given : System.Random.Shared.Next();
        output.WriteLine($"LOGVIEW_SEED={seed}");
        var random = new System.Random(seed);
        for (int round = 0; round < Rounds; round++)
        {
            (DocSet left, SortedSet<int> leftDocs) = Make(random);
            (DocSet right, SortedSet<int> rightDocs) = Make(random);
            int from = random.Next(Events), to = random.Next(Events + 1);

            Assert.Equal(leftDocs.Intersect(rightDocs), DocSets.And(left, right).ToArray());
            Assert.Equal(leftDocs.Union(rightDocs).Order(), DocSets.Or(left, right, Events).ToArray());
            Assert.Equal(leftDocs.Except(rightDocs), DocSets.Except(left, right, Events).ToArray());
            Assert.Equal(leftDocs.Where(d => d >= from && d < to), DocSets.Slice(left, from, to).ToArray());
            int doc = random.Next(-1, Events + 1);
            Assert.Equal(leftDocs.Contains(doc), left.Contains(doc));
        }
    }

    private static (DocSet Set, SortedSet<int> Docs) Make(System.Random random)
    {
        if (random.Next(4) == 0)
        {
            int from = random.Next(Events), to = random.Next(from, Events + 1);
            return (DocSet.Range(from, to), [.. Enumerable.Range(from, to - from)]);
        }

        int least = random.Next(Events), most = random.Next(least, Events);
        var docs = new SortedSet<int>(Enumerable.Range(0, random.Next(3) == 0 ? random.Next(5) : random.Next(Events)).Select(_ => random.Next(least, most + 1)));
        int[] list = [.. docs, .. new int[random.Next(3)]];
        DocSet set = DocSet.OfList(list, docs.Count);
        return (random.Next(2) == 0 ? set : DocSet.OfBitmap(set.ToWords(Events)), docs);
    }
}
