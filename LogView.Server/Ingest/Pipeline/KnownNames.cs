using System.Text;

namespace LogView.Server.Ingest.Pipeline;

/// <param name="Role">What the field means; <see cref="FieldRole.None"/> for a name that only has known names below it.</param>
/// <param name="Rank">When several fields of an event have the role the lowest counts.</param>
/// <param name="IsParent">Known names begin with it and a dot.</param>
internal readonly record struct KnownName(FieldRole Role, byte Rank, bool IsParent);

/// <summary>
/// The names shippers and logging libraries give to what LogView knows, found in any case of letters. A name with dots stands for the flat key and for
/// nested objects alike. The order within a role is its rank; the first name is the Elastic Common Schema's.
/// </summary>
internal static class KnownNames
{
    /// <summary>No known name is longer.</summary>
    public const int MaxBytes = 40;

    private const int Buckets = 1024;

    private static readonly (FieldRole Role, string[] Names)[] Roles =
    [
        (FieldRole.Time,
        [
            "@timestamp", "timestamp", "@t", "time", "ts", "datetime", "eventtime", "event_time", "date", "asctime", "log.timestamp", "timestamp_ms",
            "timemillis", "__realtime_timestamp", "t.$date", "instant.epochsecond", "event.created",
        ]),
        (FieldRole.Level,
        [
            "log.level", "level", "@l", "severity", "loglevel", "log_level", "lvl", "levelname", "level_name", "severitytext", "severity_text", "priority",
        ]),
        (FieldRole.Message, ["message", "@m", "msg", "renderedmessage", "short_message", "log", "body", "text"]),
        (FieldRole.Service,
        [
            "service.name", "service", "servicename", "service_name", "application", "applicationname", "app", "appname", "app_name", "syslog_identifier",
        ]),
        (FieldRole.Host, ["host.name", "hostname", "host", "host.hostname", "host_name", "_hostname", "machinename", "machine_name", "computername", "computer"]),
        (FieldRole.TraceId, ["trace.id", "trace_id", "traceid", "@tr", "dd.trace_id", "otel.trace_id", "trace"]),
        (FieldRole.SpanId, ["span.id", "span_id", "spanid", "@sp", "dd.span_id", "otel.span_id", "span"]),
        (FieldRole.StackTrace,
        [
            "error.stack_trace", "stack_trace", "stacktrace", "@x", "err.stack", "error.stack", "exception.stacktrace", "exception.stack_trace", "stack",
            "exc_info", "traceback", "exception",
        ]),
        (FieldRole.ErrorMessage, ["error.message", "err.message", "exception.message", "error", "err"]),
        (FieldRole.ErrorType, ["error.type", "err.type", "err.name", "exception.type", "exception.class"]),
        (FieldRole.Logger, ["log.logger", "logger", "logger_name", "loggername", "sourcecontext", "category"]),
        (FieldRole.Thread, ["process.thread.name", "thread", "thread_name", "threadname"]),
        (FieldRole.ProcessId, ["process.pid", "pid", "_pid"]),
        (FieldRole.Template, ["@mt", "messagetemplate"]),
        (FieldRole.Renderings, ["@r"]),
    ];

    private static readonly (byte[] Name, KnownName Known)[]?[] Table = Build();

    /// <param name="lower">A path in lower case.</param>
    /// <param name="known">What it means.</param>
    public static bool TryFind(ReadOnlySpan<byte> lower, out KnownName known)
    {
        known = default;
        if (lower.IsEmpty || lower.Length > MaxBytes || Table[Bucket(lower)] is not { } bucket)
        {
            return false;
        }

        foreach ((byte[] name, KnownName found) in bucket)
        {
            if (lower.SequenceEqual(name))
            {
                known = found;
                return true;
            }
        }

        return false;
    }

    private static int Bucket(ReadOnlySpan<byte> name) =>
        (name.Length * 37 + name[0] * 131 + name[^1] * 31 + name[name.Length / 2] * 7 + name[(name.Length - 1) / 3] * 17) & (Buckets - 1);

    private static (byte[] Name, KnownName Known)[]?[] Build()
    {
        var all = new Dictionary<string, KnownName>(StringComparer.Ordinal);
        foreach ((FieldRole role, string[] names) in Roles)
        {
            for (int rank = 0; rank < names.Length; rank++)
            {
                all[names[rank]] = new KnownName(role, (byte)rank, IsParent: false);
            }
        }

        foreach (string parent in all.Keys.SelectMany(Parents).Distinct(StringComparer.Ordinal).ToList())
        {
            all[parent] = all.GetValueOrDefault(parent) with { IsParent = true };
        }

        var table = new (byte[] Name, KnownName Known)[]?[Buckets];
        foreach ((string name, KnownName known) in all)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(name);
            int bucket = Bucket(utf8);
            table[bucket] = [.. table[bucket] ?? [], (utf8, known)];
        }

        return table;
    }

    private static IEnumerable<string> Parents(string name)
    {
        for (int dot = name.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = name.IndexOf('.', dot + 1))
        {
            yield return name[..dot];
        }
    }
}
