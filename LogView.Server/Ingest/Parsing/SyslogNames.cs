namespace LogView.Server.Ingest.Parsing;

/// <summary>Keywords of syslog's numbers, as RFC 5424 and syslog.conf(5) have them.</summary>
internal static class SyslogNames
{
    private static readonly string[] FacilityNames =
    [
        "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp",
        "ntp", "security", "console", "solaris-cron", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
    ];

    private static readonly string[] SeverityNames = ["emergency", "alert", "critical", "error", "warning", "notice", "informational", "debug"];

    public static string Facility(int code) => FacilityNames[code];

    public static string Severity(int code) => SeverityNames[code];
}
