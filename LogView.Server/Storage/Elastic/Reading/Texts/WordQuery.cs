using System.Text.Json.Nodes;
using LogView.Client.Language.Matching;
using LogView.Server.Storage.Elastic.Indices;
using LogView.Server.Storage.Elastic.Writing;

namespace LogView.Server.Storage.Elastic.Reading.Texts;

/// <summary>
/// Words of a text field → queries. Plain texts are cut by the cluster, in the field itself (<see cref="IndexTemplate.TextAnalyzer"/>); the words of others were sent
/// (<see cref="WordTokens"/>) and their field's name is in <see cref="OwnNames.Worded"/>. In older indices all were sent.
/// </summary>
/// <param name="own">LogView's indices that are searched.</param>
internal sealed class WordQuery(IReadOnlyList<ClusterIndex> own)
{
    private readonly string[] _cutting = [.. own.Where(i => i.Schema >= IndexTemplate.CutsTexts).Select(i => i.Name)];

    public Part Of(string field, TextTest test) =>
        test.Matchers.Count > 0 ? Part.AnyOf([.. test.Matchers.SelectMany(m => Of(field, m))]) : Part.Wide(Dsl.Exists(field));

    private IEnumerable<Part> Of(string field, TextMatcher matcher)
    {
        yield return SentWords.Of(OwnNames.Words(field), matcher);
        if (_cutting.Length > 0 && CutWords.Of(field, matcher) is { } cut)
        {
            List<JsonObject> where = [cut.Query, Dsl.Not(Dsl.Term(OwnNames.Worded, OwnNames.OddValue(field)))];
            if (_cutting.Length < own.Count)
            {
                // In the others the field has no positions, and a phrase there is an error.
                where.Add(Dsl.Terms("_index", _cutting));
            }

            yield return cut with { Query = Dsl.And(where) };
        }
    }
}
