using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using LogView.Client.Contracts.Search;
using LogView.Client.Contracts.Tail;
using LogView.Server.Api.Json;
using LogView.Server.Api.Search;
using LogView.Server.Tail;

namespace LogView.Server.Api.Tailing;

/// <summary>One line of the tail: an event, a status that counts all before it, or, as the last one, why the tail cannot go on.</summary>
public sealed record TailLine
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HitAnswer? Event { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TailStatusAnswer? Status { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Problem { get; init; }
}

/// <summary>Exact counts at a position: <c>matched = shown + leftOut</c>.</summary>
public sealed record TailStatusAnswer(
    long Matched, long Shown, long LeftOut, long Backfilled, long DelayMs, string Position,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TailGap? Gap,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TailOthers? Others);

/// <summary>Writes batches as lines.</summary>
/// <param name="fields">What each event gives beside its source.</param>
internal sealed class TailLines(FieldSelection fields)
{
    public void Write(IBufferWriter<byte> output, TailSessionBatch batch)
    {
        foreach (TailedEvent tailed in batch.Events)
        {
            Write(output, new TailLine { Event = Answers.OnOneLine(Answers.Of(new Hit(tailed.Event), fields, withSource: true)) });
        }

        TailStatus status = batch.Status;
        Write(output, new TailLine
        {
            Status = new(status.Matched, status.Shown, status.LeftOut, status.Backfilled, status.DelayMs, status.Position, status.Gap, status.Others),
        });
    }

    public static void Write(IBufferWriter<byte> output, SearchProblem problem) => Write(output, new TailLine { Problem = problem.Message });

    private static void Write(IBufferWriter<byte> output, TailLine line)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            JsonSerializer.Serialize(json, line, ApiJson.Options);
        }

        output.Write("\n"u8);
    }
}
