namespace LogView.Client.Contracts.Events;

/// <summary>A dotted path into an event, such as <c>log.level</c>. Case matters. Names follow the Elastic Common Schema where it has one.</summary>
public readonly record struct FieldName(string Value)
{
    public static readonly FieldName Timestamp = new("@timestamp");
    public static readonly FieldName Message = new("message");
    public static readonly FieldName LogLevel = new("log.level");
    public static readonly FieldName ServiceName = new("service.name");
    public static readonly FieldName HostName = new("host.name");
    public static readonly FieldName TraceId = new("trace.id");
    public static readonly FieldName EventOriginal = new("event.original");
    public static readonly FieldName ErrorStackTrace = new("error.stack_trace");

    public override string ToString() => Value;
}
