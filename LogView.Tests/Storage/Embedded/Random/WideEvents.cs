using System.Globalization;
using System.Text;
using System.Text.Json;
using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Embedded.Format;

namespace LogView.Tests.Storage.Embedded.Random;

/// <summary>
/// Events as many programs write them at once: many distinct values, ids and numbers beside fields that change their kind, over days, in every script.
/// Enough of them fill several blocks of each part of a segment, which <see cref="RandomEvents"/> does not.
/// </summary>
internal sealed class WideEvents(System.Random random)
{
    public const long Start = 1_793_491_200_000_000_000;

    public static readonly string[] Fields =
        ["message", "level", "host", "user", "id", "trace", "n", "price", "big", "url", "tags", "deep.a.b", "deep.a", "when", "ip", "ok", "any", "text", "few", "", "log.level", "@timestamp"];

    private static readonly string[] Pieces =
    [
        "straße", "STRASSE", "İstanbul", "ıstanbul", "ﬁle", "file", "Å", "A\u030a", "é", "e\u0301", "ΌΣΟΣ", "όσος", "สวัสดีครับ", "مرحبا", "שלום", "カタカナ", "ｶﾀｶﾅ", "漢字仮名交じり", "한국어", "👩‍👩‍👧", "𠮷",
        "\u200bzero", "\ufeffbom", "next\u0085line", "nul\0nul", "a\tb", "a\nb", "\\", "\"", "*", "?", "a*b", "(x)", "[1]", "time-out", "e-mail@example.org", "x_y", "don't", "1.5", "1,000", "0x1F", "…", "ǅ", "\u1680",
    ];

    private readonly List<(DataStreamName Stream, EventId Id)> _ids = [];
    private long _sequence;
    private UInt128 _made = (UInt128)0x0192_0000_0000_0000 << 64;

    public static string Piece(System.Random random) => Pieces[random.Next(Pieces.Length)];

    public LogEvent Next()
    {
        _sequence++;
        var time = new Timestamp(Start + random.Next(40) switch
        {
            0 => -random.NextInt64(400L * 86_400 * 1_000_000_000),
            1 => random.NextInt64(400L * 86_400 * 1_000_000_000),
            < 8 => random.Next(-3, 3) * 86_400_000_000_000L + random.Next(2),
            _ => _sequence * 1_000_000_007L + random.Next(3),
        });
        bool given = random.Next(3) == 0;
        var stream = DataStreamName.Parse(random.Next(5) == 0 ? "logs-b" : "logs-a");
        EventId id = given ? new EventId($"{Piece(random).Trim()}-{_sequence}") : new EventId(MadeId.Write(_made += (UInt128)random.Next(1, 1 << 20)));
        if (_ids.Count > 0 && random.Next(50) == 0)
        {
            // The same id in its own data stream is a repeat, in the other one an event.
            (id, given) = (_ids[random.Next(_ids.Count)].Id, true);
        }

        _ids.Add((stream, id));
        return new LogEvent
        {
            Id = id, IsIdGiven = given, DataStream = stream, Timestamp = time, Sequence = _sequence, Source = Encoding.UTF8.GetBytes(Source(time)),
            Derived = random.Next(4) == 0 ? Encoding.UTF8.GetBytes($$"""{"log.level":"{{(random.Next(2) == 0 ? "error" : "warn")}}","took.ms":{{random.Next(99)}}}""") : default,
        };
    }

    private string Source(Timestamp time)
    {
        var parts = new List<string> { $"\"@timestamp\":\"{time}\"" };
        foreach (string field in Fields.Where(_ => random.Next(3) != 0).SkipLast(2))
        {
            parts.Add($"{JsonSerializer.Serialize(field)}:{Value(field, 0)}");
        }

        if (random.Next(3) == 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"\"deep\":{{\"a\":[{{\"b\":{random.Next(9)}}},{{\"b\":\"x{random.Next(9)}\",\"c\":[[],[{random.Next(3)}]]}}]}},\"s{random.Next(3_000)}\":{Any(1)}"));
        }

        return $"{{{string.Join(random.Next(9) == 0 ? " , " : ",", random.Next(9) == 0 ? parts.OrderBy(_ => random.Next()) : parts)}}}";
    }

    private string Value(string field, int depth) => random.Next(60) switch
    {
        0 => "null",
        1 when depth < 2 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(field, depth + 1)))}]",
        2 => Any(depth),
        _ => field switch
        {
            "n" => Text(random.Next(5) == 0 ? random.Next(10) : _sequence * 7),
            "price" => Math.Round(random.NextDouble() * 1_000, random.Next(4)).ToString("R", CultureInfo.InvariantCulture),
            "big" => Text(random.Next(4) switch { 0 => random.NextInt64(), 1 => -random.NextInt64(), 2 => 9_007_199_254_740_992 + random.Next(-2, 3), _ => long.MaxValue - random.Next(2) }),
            "ok" => random.Next(2) == 0 ? "true" : "false",
            "any" => Any(depth),
            _ => JsonSerializer.Serialize(TextOf(field)),
        },
    };

    private string TextOf(string field) => field switch
    {
        "level" => new[] { "debug", "info", "info", "info", "WARN", "error" }[random.Next(6)],
        "host" => $"web-{random.Next(6)}",
        "user" => $"user_{random.Next(3_000)}",
        "id" => Id(16),
        "trace" => Convert.ToHexStringLower(Bytes(random.Next(2) == 0 ? 8 : 16)),
        "url" => $"/api/v{random.Next(3)}/items/{random.Next(500)}?q={Piece(random)}",
        "when" => new Timestamp(Start + random.NextInt64(86_400_000_000_000)).ToString()[..random.Next(10, 30)] + (random.Next(3) == 0 ? "" : "Z"),
        "ip" => random.Next(8) == 0 ? $"2001:db8::{random.Next(99):x}" : $"10.{random.Next(3)}.{random.Next(256)}.{random.Next(256)}",
        "few" => Piece(random),
        "message" => random.Next(6) switch
        {
            0 => $"GET /api/v1/items/{random.Next(500)} took {random.Next(1_000) / 10.0} ms for user_{random.Next(3_000)}",
            1 => $"connection to 10.0.{random.Next(9)}.{random.Next(9)} timed out after 0{random.Next(30)} s ({Id(4)})",
            2 => $"Order {_sequence} of user_{random.Next(3_000)} failed: {Piece(random)}",
            3 => "cache miss",
            _ => Prose(),
        },
        _ => Prose(),
    };

    private string Prose() => string.Join(random.Next(5) == 0 ? "" : " ", Enumerable.Range(0, random.Next(7)).Select(_ => Piece(random)));

    private string Any(int depth) => random.Next(8) switch
    {
        0 => Text(random.Next(-3, 4)),
        1 => "1.0",
        2 => random.Next(2) == 0 ? "1e3" : "-0.0",
        3 => "true",
        4 when depth < 3 => $"{{\"x\":{Any(depth + 1)},\"y.z\":{Any(depth + 1)}}}",
        5 when depth < 3 => $"[{Any(depth + 1)},{Any(depth + 1)}]",
        6 => $"\"{random.Next(4)}\"",
        _ => JsonSerializer.Serialize(Piece(random)),
    };

    private string Id(int length) => length == 16 ? new Guid(Bytes(16)).ToString() : Convert.ToHexString(Bytes(length));

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
