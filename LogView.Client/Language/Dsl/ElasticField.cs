namespace LogView.Client.Language.Dsl;

/// <summary>A field as a cluster's mapping has it.</summary>
/// <param name="Name">Dotted path.</param>
/// <param name="Type">Elasticsearch's type; <c>date</c> and <c>keyword</c> change how a value is asked for.</param>
/// <param name="NestedPath">The path of the <c>nested</c> object it is in; null: in none.</param>
public sealed record ElasticField(string Name, string Type, string? NestedPath = null)
{
    public bool IsKeyword => Type is "keyword";

    public bool IsDate => Type is "date" or "date_nanos";
}

/// <summary>What a query is written for.</summary>
public sealed record ElasticQueryOptions
{
    public static readonly ElasticQueryOptions None = new();

    /// <summary>The fields of the mapping; null: unknown, every name is sent as it stands.</summary>
    public IReadOnlyList<ElasticField>? Fields { get; init; }

    /// <summary>Where words without a field are looked for; null: the cluster's own default.</summary>
    public IReadOnlyList<string>? DefaultFields { get; init; }

    /// <summary>Said on every keyword clause when set.</summary>
    public bool? CaseInsensitive { get; init; }

    /// <summary>IANA zone for dates without offset; null: UTC.</summary>
    public string? TimeZone { get; init; }
}
