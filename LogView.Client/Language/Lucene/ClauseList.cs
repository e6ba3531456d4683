namespace LogView.Client.Language.Lucene;

/// <summary>How AND, OR and the signs before clauses make them required, optional or forbidden: <c>addClause</c> of Lucene's <c>QueryParserBase</c>.</summary>
internal sealed class ClauseList(bool defaultAnd)
{
    private readonly List<LuceneClause> _clauses = [];

    public int Count => _clauses.Count;

    public LuceneNode First => _clauses[0].Node;

    public LuceneNode.Bool ToBool() => new(_clauses);

    public void Add(LuceneTokenKind conjunction, LuceneTokenKind modifier, LuceneNode node)
    {
        if (_clauses.Count > 0 && _clauses[^1].Occur != LuceneOccur.MustNot)
        {
            if (conjunction == LuceneTokenKind.And)
            {
                _clauses[^1] = _clauses[^1] with { Occur = LuceneOccur.Must };
            }
            else if (defaultAnd && conjunction == LuceneTokenKind.Or)
            {
                _clauses[^1] = _clauses[^1] with { Occur = LuceneOccur.Should };
            }
        }

        bool prohibited = modifier is LuceneTokenKind.Minus or LuceneTokenKind.Not;
        bool required = defaultAnd
            ? conjunction != LuceneTokenKind.Or
            : modifier == LuceneTokenKind.Plus || conjunction == LuceneTokenKind.And;
        _clauses.Add(new LuceneClause(prohibited ? LuceneOccur.MustNot : required ? LuceneOccur.Must : LuceneOccur.Should, node));
    }
}
