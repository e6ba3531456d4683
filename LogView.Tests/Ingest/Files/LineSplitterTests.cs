using System.Text;
using CsCheck;
using LogView.Server.Ingest.Files;
using LogView.Server.Ingest.Files.Joining;
using LogView.Server.Ingest.Files.Reading;
using LogView.Tests.Testing;

namespace LogView.Tests.Ingest.Files;

public sealed class LineSplitterTests
{
    private static readonly Gen<byte[]> Bytes = Gen.OneOf(
        Gen.Int[0, 9].Select(i => new[] { "\n"u8.ToArray(), "\r\n"u8.ToArray(), "a"u8.ToArray(), "한"u8.ToArray(), [0], [0xFF], "\r"u8.ToArray(), [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], "xyz"u8.ToArray() }[i]),
        Gen.Byte.Select(b => new[] { b })).Array[0, 40].Select(parts => parts.SelectMany(p => p).ToArray());

    [Fact]
    public void Split_AnyBytesInAnyPieces_GivesTheSameLines() =>
        Gen.Select(Bytes, Gen.Int[1, 7].Array[1, 60]).Sample(
            (bytes, steps) => Feed(bytes, steps) == Feed(bytes, [bytes.Length + 1]), seed: Seed.Value, iter: 20_000);

    [Fact]
    public void Split_AnyBytes_OffsetsRiseAndEndAtTheEnd() =>
        Bytes.Sample(
            bytes =>
            {
                Recorder recorder = new();
                LineSplitter splitter = new(Encoding.UTF8);
                int done = splitter.Split(bytes, 0, recorder);
                splitter.Finish(bytes.AsSpan(done), done, recorder);
                long at = 0;
                foreach (LineSpan span in recorder.Spans)
                {
                    if (span.Start < at || span.End <= span.Start)
                    {
                        return false;
                    }

                    at = span.End;
                }

                return at <= bytes.Length;
            },
            seed: Seed.Value, iter: 20_000);

    [Fact]
    public void Split_ALineOfExactlyTheLimit_IsOneLine()
    {
        Recorder recorder = new();
        byte[] bytes = [.. Enumerable.Repeat((byte)'x', FilesLimits.MaxLineBytes), (byte)'\n', .. "y\n"u8];

        new LineSplitter(Encoding.UTF8).Split(bytes, 0, recorder);

        Assert.Equal([FilesLimits.MaxLineBytes, 1], recorder.Texts.Select(t => t.Length));
        Assert.All(recorder.Spans, s => Assert.Equal(LineFlags.None, s.Flags));
    }

    private static string Feed(byte[] bytes, int[] steps)
    {
        Recorder recorder = new();
        LineSplitter splitter = new(Encoding.UTF8);
        List<byte> rest = [];
        long offset = 0;
        int next = 0;
        for (int at = 0; at < bytes.Length;)
        {
            int step = Math.Min(steps[next++ % steps.Length], bytes.Length - at);
            rest.AddRange(bytes.AsSpan(at, step));
            at += step;
            int done = splitter.Split(rest.ToArray(), offset, recorder);
            rest.RemoveRange(0, done);
            offset += done;
        }

        splitter.Finish(rest.ToArray(), offset, recorder);
        return string.Join('\u0001', recorder.Texts.Zip(recorder.Spans, (t, s) => $"{s.Start}-{s.End} {s.Flags} {t}"));
    }

    private sealed class Recorder : ILines
    {
        public List<string> Texts { get; } = [];

        public List<LineSpan> Spans { get; } = [];

        public void Take(ReadOnlySpan<byte> line, LineSpan span)
        {
            Texts.Add(Encoding.UTF8.GetString(line));
            Spans.Add(span);
        }
    }
}
