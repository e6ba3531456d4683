using System.Globalization;
using LogView.Client.Contracts.Events;
using LogView.Client.Language;

namespace LogView.Tests.Language.Given;

/// <summary>Answers of <c>@elastic/datemath</c>, <c>datemath_given.json</c>, to the millisecond.</summary>
public sealed class DateMathGivenTests
{
    [Fact]
    public void Resolve_GivenExpression_IsTheGivenInstant() => GivenCases.CheckAll(GivenCases.Read("datemath_given.json"), given =>
    {
        string expression = given.Text("expr")!;
        Timestamp now = Timestamp.From(DateTimeOffset.Parse(given.Text("now")!, CultureInfo.InvariantCulture));
        DateMathResult result = DateMath.Resolve(expression, now, TimeZoneInfo.Utc, given["roundUp"]!.GetValue<bool>());
        if (given.Text("expected") is not { } expected)
        {
            return result.Value is null && result.Error is not null ? null : $"expected an error, found {result.Value}";
        }

        DateTimeOffset instant = DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture);
        if (expression.Contains("/w", StringComparison.Ordinal))
        {
            // Kibana's weeks start on Sunday by its locale, LogView's on Monday as Elasticsearch's: the Monday of the same seven days, or the ones before.
            return result.Value is { } week && IsMonday(week, given["roundUp"]!.GetValue<bool>()) ? null : $"expected the edge of a Monday's week, found {result.Value}";
        }

        return result.Value?.UnixMilliseconds == instant.ToUnixTimeMilliseconds() ? null : $"expected {expected}, found {result.Value} {result.Error}";
    });

    private static bool IsMonday(Timestamp instant, bool roundUp) =>
        new Timestamp(instant.UnixNanoseconds + (roundUp ? 1 : 0)).ToDateTimeOffset() is { DayOfWeek: DayOfWeek.Monday, TimeOfDay.Ticks: 0 };
}
