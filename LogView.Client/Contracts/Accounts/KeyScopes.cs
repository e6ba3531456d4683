namespace LogView.Client.Contracts.Accounts;

/// <summary>The words for what a key may do, and the rights behind them.</summary>
public static class KeyScopes
{
    public static readonly IReadOnlyList<string> Names = ["ingest", "search", "admin"];

    /// <summary>The rights of one scope; null for an unknown word.</summary>
    public static Rights? ToRights(string scope) => scope switch
    {
        "ingest" => Rights.Ingest,
        "search" => Rights.Search,
        "admin" => Rights.Admin,
        _ => null,
    };

    /// <summary>The rights of several known scopes together.</summary>
    public static Rights ToRights(IEnumerable<string> scopes) => scopes.Aggregate(Rights.None, (rights, scope) => rights | (ToRights(scope) ?? Rights.None));
}
