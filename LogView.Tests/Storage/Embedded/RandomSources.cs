using System.Globalization;
using System.Text;
using LogView.Client.Contracts.Events;

namespace LogView.Tests.Storage.Embedded;

/// <summary>Sources as programs write them, and as nobody should: what templates are made of, what hides from them, and bytes that are no JSON.</summary>
internal sealed class RandomSources(System.Random random)
{
    private const long Start = 1_793_491_200_000_000_000;

    private static readonly string[] Words = ["GET", "orders", "timed", "out", "Error", "naïve", "결제", "a_b", "x1y2", "deadbeef", "u117309", "\\n", "\\u00e9", "\\\"", "{}", ""];

    private static readonly string[] OddNumbers = ["1.50", "1e5", "-0", "-0.0", "0.1", "1E+16", "123456789012345678901234567890", "9223372036854775807", "-9223372036854775808", "1e-320", "5.0"];

    public LogEvent Next(long sequence)
    {
        var time = new Timestamp(Start + random.Next(1000) * 1_000_000L + (random.Next(3) == 0 ? random.Next(1_000_000) : 0));
        return new LogEvent
        {
            Id = new EventId(string.Create(CultureInfo.InvariantCulture, $"id-{sequence}")),
            DataStream = DataStreamName.Parse("logs-app"),
            Timestamp = time,
            Sequence = sequence,
            Source = Source(time),
            Derived = random.Next(3) == 0 ? Encoding.UTF8.GetBytes($$"""{"log.level":"{{Words[random.Next(3)]}}","event.code":{{random.Next(5)}}}""") : default,
        };
    }

    private byte[] Source(Timestamp time) => random.Next(40) switch
    {
        0 => Bytes(random.Next(60)),
        1 => [],
        2 => Utf8("just a line"),
        3 => [.. "{\"message\":\"bad "u8, 0xFF, 0xC3, .. "\",\"n\":1}"u8],
        4 => Utf8("{\"message\":\"" + new string('x', random.Next(70_000)) + "\"}"),
        5 => Utf8("{\"a\":1,\"a\":2,\"tags\":[\"x\",\"y\"],\"tags\":\"z\"}"),
        6 => Utf8("  { \"spaced\" : [ 1 , 2.50 , null , true ] }  "),
        7 => Utf8("{\"message\":\"cut off"),
        < 12 => Utf8($$"""{"odd":{{OddNumbers[random.Next(OddNumbers.Length)]}},"ok":{{(random.Next(2) == 0 ? "true" : "false")}},"none":null}"""),
        < 20 => Utf8($$"""{"message":"{{Prose()}}","o":{"k{{random.Next(3)}}":"{{Words[random.Next(8)]}}","time":"{{Time(time)}}"} }"""),
        _ => Utf8(Request(time)),
    };

    private string Request(Timestamp time)
    {
        int status = random.Next(600);
        string duration = Math.Round(random.NextDouble() * 100, 3).ToString(CultureInfo.InvariantCulture);
        string message = random.Next(6) switch
        {
            0 => $"GET /api/v{random.Next(3)}/orders/{random.Next(1_000_000)} {status} in {duration}ms from 10.{random.Next(256)}.{random.Next(256)}.00{random.Next(9)}",
            1 => $"session={Hex(16)} request {Hex(12)} trace {Hex(40)} id {Guid(random)}",
            2 => $"card ****{random.Next(10_000):D4} amount={random.Next(100_000) / 100.0} at {random.Next(24):D2}:{random.Next(60):D2}",
            3 => $"long 000{random.NextInt64()} {random.NextInt64()}{random.NextInt64()} v1.2.{random.Next(5)}.{duration}.7",
            4 => $"Health check passed for {Words[random.Next(5)]} after {duration}{duration}",
            _ => Prose(),
        };
        return $$"""{"@timestamp":"{{Time(time)}}","level":"{{Words[random.Next(4)]}}","status":{{status}},"duration":{{duration}},"message":"{{message}}","trace":"{{Hex(32)}}"}""";
    }

    private string Prose() => string.Join(random.Next(3) == 0 ? "\\n  at " : " ", Enumerable.Range(0, random.Next(12)).Select(_ => Words[random.Next(Words.Length)]));

    private string Time(Timestamp time) => random.Next(5) switch
    {
        0 => time.ToString(),
        1 => time.ToDateTimeOffset().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        2 => "2026-11-01T00:00:00.1Z",
        _ => time.ToDateTimeOffset().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
    };

    private string Hex(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "0123456789abcdef"[random.Next(16)]));

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Guid(System.Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}
