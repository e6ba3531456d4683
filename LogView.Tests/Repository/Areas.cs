using Mono.Cecil;

namespace LogView.Tests.Repository;

/// <summary>The areas of the two projects and what each may use. <c>docs/architecture.md</c> shows the same table.</summary>
internal static class Areas
{
    public const string Everything = "*";

    /// <summary>Used by everybody; they use nobody above them.</summary>
    public static readonly string[] Bottom = ["Contracts", "Platform"];

    /// <summary>Area → areas it may use besides <see cref="Bottom"/>. An area that is not here fails the test.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Allowed = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Contracts"] = [],
        ["Language"] = [],
        ["Hubs"] = [],
        ["Shared"] = ["Language"],
        ["Layout"] = ["Shared"],
        ["Discover"] = ["Shared", "Language"],
        ["Tailing"] = ["Shared", "Language", "Discover"],
        ["Admin"] = ["Shared"],
        ["SignIn"] = ["Shared"],
        ["Gallery"] = ["Shared", "Language", "Discover", "Tailing", "Admin"],
        ["Platform"] = [],
        ["Accounts"] = [],
        ["Wal"] = [],
        ["Ingest"] = ["Wal", "Accounts"],
        ["Storage"] = ["Language"],
        ["Storage.Memory"] = ["Storage", "Language"],
        ["Storage.Embedded"] = ["Storage", "Language"],
        ["Storage.Elastic"] = ["Storage", "Language", "Saved"],
        ["Indexing"] = ["Wal", "Storage"],
        ["DataStreams"] = ["Storage", "Indexing", "Wal"],
        ["Search"] = ["Storage", "Language", "Accounts", "Indexing", "Wal"],
        ["Tail"] = ["Wal", "Storage", "Language", "Accounts"],
        ["Saved"] = ["Accounts"],
        ["Api"] = ["Search", "Saved", "Tail", "Accounts", "Language"],
        ["Demo"] = ["Ingest", "Wal"],
        ["Hosting"] = [Everything],
        ["Program"] = [Everything],
    };

    private static readonly string[] Engines = ["Memory", "Embedded", "Elastic"];

    /// <summary>The area of a LogView type; null for types of others and of source generators.</summary>
    public static string? Of(TypeReference type)
    {
        TypeReference outer = type;
        while (outer.DeclaringType is { } declaring)
        {
            outer = declaring;
        }

        string[] parts = outer.Namespace.Split('.');
        return parts switch
        {
            ["LogView", "Server"] => "Program",
            ["LogView", "Server", "Storage", var engine, ..] when Engines.Contains(engine) => $"Storage.{engine}",
            ["LogView", "Client" or "Server", var area, ..] => area,
            _ => null,
        };
    }

    public static bool MayUse(string from, string to) =>
        from == to || Bottom.Contains(to) || (Allowed.TryGetValue(from, out string[]? targets) && (targets.Contains(to) || targets.Contains(Everything)));
}
