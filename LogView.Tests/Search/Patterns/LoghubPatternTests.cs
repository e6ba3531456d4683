using LogView.Client.Language;
using LogView.Client.Language.Patterns;
using LogView.Server.Search.Patterns;
using LogView.Tests.Testing;

namespace LogView.Tests.Search.Patterns;

/// <summary>The patterns of eight real systems, held against those that people found.</summary>
public sealed class LoghubPatternTests(ITestOutputHelper output)
{
    private const double Goal = 0.95;

    [Fact]
    public void Patterns_EightRealSystems_GroupAsPeopleDo()
    {
        double sum = 0;
        foreach (string system in Loghub.Systems)
        {
            IReadOnlyList<(string Message, string Pattern)> lines = Loghub.Read(system);
            double accuracy = Loghub.GroupingAccuracy([.. lines.Select(l => l.Pattern)], Groups([.. lines.Select(l => l.Message)]));
            output.WriteLine($"{system}: {accuracy:0.0000}");
            sum += accuracy;
        }

        double average = sum / Loghub.Systems.Count;
        output.WriteLine($"average: {average:0.0000}");
        Assert.True(average >= Goal, $"grouping accuracy {average:0.0000}, expected at least {Goal}");
    }

    [Theory]
    [InlineData("Android")]
    [InlineData("Apache")]
    [InlineData("BGL")]
    [InlineData("HDFS")]
    [InlineData("HPC")]
    [InlineData("OpenSSH")]
    [InlineData("Spark")]
    [InlineData("Windows")]
    public void Finds_RealSystem_IsWhatTheFilterFinds(string system)
    {
        string[] messages = [.. Loghub.Read(system).Select(l => l.Message)];
        var miner = new PatternMiner(buckets: 1);
        Array.ForEach(messages, m => miner.Add(m, bucket: 0));
        IReadOnlyList<SignatureCluster> patterns = miner.Patterns();

        Assert.Equal(messages.Length, patterns.Sum(p => p.Members.Sum(m => m.Count)));
        foreach (SignatureCluster pattern in patterns)
        {
            string template = PatternTemplates.Of(pattern);
            var regex = RegexFactory.Create(MessageTemplate.ToRegex(template), ignoreCase: false);
            string[] found = [.. messages.Where(m => regex.IsMatch(m))];
            Assert.Equal($"{template} {PatternTemplates.Finds(template, pattern, patterns)}", $"{template} {found.Length}");
        }
    }

    private static int[] Groups(IReadOnlyList<string> messages)
    {
        var miner = new PatternMiner(buckets: 1);
        Signature[] forms = [.. messages.Select(m => miner.Add(m, bucket: 0))];
        Dictionary<Signature, int> group = [];
        IReadOnlyList<SignatureCluster> patterns = miner.Patterns();
        for (int i = 0; i < patterns.Count; i++)
        {
            foreach (Signature member in patterns[i].Members)
            {
                group[member] = i;
            }
        }

        return [.. forms.Select(f => group[f])];
    }
}
