namespace LogView.Server.Ingest.Pipeline;

/// <summary>What a field of a source means to LogView, whatever its shipper calls it.</summary>
internal enum FieldRole : byte
{
    None,
    Time,
    Level,
    Message,
    Service,
    Host,
    TraceId,
    SpanId,
    StackTrace,
    ErrorMessage,
    ErrorType,
    Logger,
    Thread,
    ProcessId,

    /// <summary>A message template of messagetemplates.org; becomes the message when there is none.</summary>
    Template,

    /// <summary>Texts of a template's formatted holes, in order.</summary>
    Renderings,
}

internal static class FieldRoles
{
    public const int Count = (int)FieldRole.Renderings + 1;

    /// <summary>The Elastic Common Schema's name of a role, as JSON member name with quotes and colon.</summary>
    public static ReadOnlySpan<byte> Member(FieldRole role) => role switch
    {
        FieldRole.Level => "\"log.level\":"u8,
        FieldRole.Message => "\"message\":"u8,
        FieldRole.Service => "\"service.name\":"u8,
        FieldRole.Host => "\"host.name\":"u8,
        FieldRole.TraceId => "\"trace.id\":"u8,
        FieldRole.SpanId => "\"span.id\":"u8,
        FieldRole.StackTrace => "\"error.stack_trace\":"u8,
        FieldRole.ErrorMessage => "\"error.message\":"u8,
        FieldRole.ErrorType => "\"error.type\":"u8,
        FieldRole.Logger => "\"log.logger\":"u8,
        FieldRole.Thread => "\"process.thread.name\":"u8,
        FieldRole.ProcessId => "\"process.pid\":"u8,
        _ => default,
    };
}
