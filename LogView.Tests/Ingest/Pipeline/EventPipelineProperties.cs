using System.Text;
using System.Text.Json;
using CsCheck;
using LogView.Client.Contracts.Events;
using LogView.Server.Ingest.Pipeline;
using LogView.Tests.Testing;

namespace LogView.Tests.Ingest.Pipeline;

public sealed class EventPipelineProperties
{


    private static readonly string[] Names =
        ["@timestamp", "time", "level", "log", "message", "@mt", "@t", "@r", "err", "stack", "host", "name", "t", "$date", "Level", "x", "é", "service"];

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String, Among("error", "2026-11-22T05:02:11Z", "{x} {{ {level:00}", "1795323731", "", "\ud800", "\"\\\n"));

    private static readonly Gen<string> Value = Gen.Recursive<string>((depth, self) => depth > 4
        ? Text.Select(t => JsonSerializer.Serialize(t))
        : Gen.OneOf(
            Text.Select(t => JsonSerializer.Serialize(t)),
            Gen.Double.Where(double.IsFinite).Select(d => JsonSerializer.Serialize(d)),
            Gen.Long.Select(l => JsonSerializer.Serialize(l)),
            Among("null", "true", "1e400", "-0"),
            self.Array[0, 3].Select(a => $"[{string.Join(",", a)}]"),
            Object(self)));

    [Fact]
    public void AnyObject_IsKeptAndWhatIsDerivedIsAFlatObject() => Object(Value).Sample(
        json =>
        {
            PipelineResult result = Run(Encoding.UTF8.GetBytes(json));
            Assert.Null(result.Reason);
            Assert.Equal(json, Encoding.UTF8.GetString(result.Source.Span));
            if (!result.Derived.IsEmpty)
            {
                using JsonDocument derived = JsonDocument.Parse(result.Derived);
                Assert.All(derived.RootElement.EnumerateObject(), p => Assert.False(p.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array));
                Assert.Equal(derived.RootElement.EnumerateObject().Count(), derived.RootElement.EnumerateObject().Select(p => p.Name).Distinct().Count());
            }
        },
        seed: Seed.Value);

    [Fact]
    public void AnyBytes_GiveAnEventOrAReason() => Gen.OneOf(Gen.Byte.Array[0, 60], Object(Value).Select(Encoding.UTF8.GetBytes).SelectMany(Damage)).Sample(
        bytes =>
        {
            PipelineResult result = Run(bytes);
            if (result.Reason is null)
            {
                using JsonDocument kept = JsonDocument.Parse(result.Source);
                Assert.Equal(JsonValueKind.Object, kept.RootElement.ValueKind);
                Assert.NotEmpty(EventFlattener.Flatten(new LogEvent
                {
                    Id = new EventId("x"), DataStream = DataStreamName.Parse("logs-x"), Timestamp = result.Timestamp, Source = result.Source, Derived = result.Derived,
                }));
            }
        },
        seed: Seed.Value);

    private static Gen<string> Among(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static Gen<string> Object(Gen<string> values) =>
        Gen.Select(Among(Names), values).Array[0, 6].Select(a => $"{{{string.Join(",", a.Select(m => $"{JsonSerializer.Serialize(m.Item1)}:{m.Item2}"))}}}");

    private static Gen<byte[]> Damage(byte[] bytes) => Gen.Select(Gen.Int[0, Math.Max(0, bytes.Length - 1)], Gen.Byte).Select((at, b) =>
    {
        byte[] damaged = [.. bytes];
        damaged[at] = b;
        return damaged;
    });

    private static PipelineResult Run(byte[] source) => new EventPipeline(new PipelineOptions(), 1).Run(
        new ReceivedEvent { Source = source, DataStream = DataStreamName.Parse("logs-test-default"), ReceivedAt = new Timestamp(0) });
}
