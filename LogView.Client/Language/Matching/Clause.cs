using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Query;

namespace LogView.Client.Language.Matching;

/// <summary>A compiled leaf of a query, which engines with an index plan by; with neither test nor instants it matches nothing.</summary>
/// <param name="Field">Where it looks.</param>
/// <param name="Test">What one value of these fields has to be.</param>
/// <param name="Instants">Instead, on <c>@timestamp</c>: the instants that match, both ends included.</param>
internal sealed record Clause(FieldTarget Field, ValueTest? Test, (Timestamp First, Timestamp Last)? Instants = null)
{
    public EventTest ToTest() =>
        Test is not null ? FieldTests.Of(Field, Test)
        : Instants is { } instants ? new EventTest.Instant(instants.First, instants.Last)
        : new EventTest.Constant(false);
}
