using CsCheck;
using LogView.Client.Language;
using LogView.Client.Language.Patterns;
using LogView.Server.Search.Patterns;
using LogView.Tests.Testing;

namespace LogView.Tests.Search.Patterns;

public sealed class PatternMinerTests
{
    private static readonly string[] Bits =
    [
        "took", "ms", "user", "42", "blk_-7", "\"a b\"", "\"\"", "name=\"x y\",", "/var/log/x", "https://a/b?c=1", "C:\\x\\y", "<*>", "<...>", "<lines>", "결제123번", "\u00A0", "\n", "\r\n  at x",
        "10.0.0.1:80", "a", "b", "{\"k\":\"v\",\"n\":1}", "--", "-1", "x-", "1-:2", "\"open", ".*", "(x)", "true", "false",
    ];

    [Theory]
    [InlineData("took 42 ms", "took <*> ms")]
    [InlineData("  took   42 ms \n", "took <*> ms")]
    [InlineData("GET /api/v1/users from 10.1.2.3:8080 at 2026-11-23T10:00:00.123Z", "GET <*> from <*> at <*>")]
    [InlineData("block blk_-38865049 of node-246", "block <*> of <*>")]
    [InlineData("said \"hello world\" to bob", "said \"<*>\" to bob")]
    [InlineData("{\"user\":\"bob\",\"n\":17}", "{\"user\":\"<*>\",\"n\":<*>}")]
    [InlineData("stack 0x1f 0x2f 0x3f end", "stack <*> <...> end")]
    [InlineData("Failed\n  at a.b\n  at c.d", "Failed <lines>")]
    [InlineData("주문123번 결제실패", "주문<*>번 결제실패")]
    [InlineData("", "")]
    public void Of_OneMessage_IsItsTemplate(string message, string template)
    {
        var miner = new PatternMiner(buckets: 1);
        miner.Add(message, bucket: 0);

        SignatureCluster pattern = Assert.Single(miner.Patterns());
        Assert.Equal(template, PatternTemplates.Of(pattern));
        Assert.Matches(MessageTemplate.ToRegex(template), message);
    }

    [Fact]
    public void Patterns_WordsThatVary_AreOnePattern()
    {
        Assert.Equal(["Accepted password for <*> from <*> port <*> 4"], Templates("alice", "bob", "carol", "dave"));

        static string[] Templates(params string[] users) => Mine(users.Select((u, i) => $"Accepted password for {u} from 10.0.0.{i} port 22"));
    }

    [Fact]
    public void Patterns_TwoPlainWords_AreToldApart() =>
        Assert.Equal(["cache of <*> is open now 2", "cache of <*> is shut now 1"], Mine(["cache of 1 is open now", "cache of 2 is shut now", "cache of 3 is open now"]));

    [Fact]
    public void Patterns_OtherOrder_AreTheSame()
    {
        string[] messages = [.. Enumerable.Range(0, 500).Select(i => $"{(i % 3 == 0 ? "read" : "wrote")} file{(char)('a' + (i % 7))} of {(char)('k' + (i % 5))}{(char)('a' + (i % 11))} done {i}")];

        Assert.Equal(Mine(messages), Mine(messages.Reverse()));
    }

    [Fact]
    public void Patterns_MoreFormsThanAreKept_AreCountedAll()
    {
        var miner = new PatternMiner(buckets: 2);
        const int count = (PatternMiner.MaxSignatures * 3) + 17;
        for (int i = 0; i < count; i++)
        {
            miner.Add($"{Letters(i)} {Letters(i * 7)} is a message of its own", i % 2);
        }

        IReadOnlyList<SignatureCluster> patterns = miner.Patterns();
        long found = patterns.Sum(p => p.Members.Sum(m => m.Count));
        Assert.Equal(count, found + miner.Rare.Sum());
        Assert.Equal(count / 2, patterns.Sum(p => p.Members.Sum(m => m.Trend[1])) + miner.Rare[1]);
        Assert.Equal(count, miner.Messages);
    }

    [Fact]
    public void Patterns_TextsThatGoOnAndTextsThatEnd_AreApart() =>
        Assert.Equal(["x y z w <lines> 1", "x y z w v 1"], Mine(["x y z w\nmore", "x y z w v"]).Order(StringComparer.Ordinal));

    [Fact]
    public void Template_AnyMessages_FindsItsOwn() => Gen.Int[0, Bits.Length - 1].Select(i => Bits[i]).Array[0, 60].Select(b => string.Join(' ', b)).Array[1, 12].Sample(
        messages =>
        {
            var miner = new PatternMiner(buckets: 1);
            Signature[] forms = [.. messages.Select(m => miner.Add(m, bucket: 0))];
            foreach (SignatureCluster pattern in miner.Patterns())
            {
                string template = PatternTemplates.Of(pattern);
                var regex = RegexFactory.Create(MessageTemplate.ToRegex(template), ignoreCase: false);
                foreach (string message in messages.Where((_, i) => pattern.Members.Contains(forms[i])))
                {
                    Assert.True(regex.IsMatch(message), $"'{template}' is the pattern of '{message}', but does not find it");
                }
            }
        },
        seed: Seed.Value,
        iter: 200);

    private static string[] Mine(IEnumerable<string> messages)
    {
        var miner = new PatternMiner(buckets: 1);
        foreach (string message in messages)
        {
            miner.Add(message, bucket: 0);
        }

        return [.. miner.Patterns().Select(p => $"{PatternTemplates.Of(p)} {p.Members.Sum(m => m.Count)}")];
    }

    private static string Letters(int number) => string.Concat(number.ToString(System.Globalization.CultureInfo.InvariantCulture).Select(c => (char)(c - '0' + 'a')));
}
