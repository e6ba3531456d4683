using LogView.Client.Contracts.Events;

namespace LogView.Server.Storage.Embedded.Columns;

/// <summary>Does one value of a field satisfy a clause? With what is known of the values that can, so that a column need not try all.</summary>
/// <param name="Passes">The exact answer for any value; safe for concurrent use.</param>
internal sealed record ValueCondition(Func<FieldValue, bool> Passes)
{
    /// <summary>Of all texts only this one passes, if any does.</summary>
    public string? OnlyText { get; init; }

    /// <summary>Only texts that start with this pass.</summary>
    public string? TextPrefix { get; init; }

    /// <summary>Numbers pass exactly when they lie in this range; null: ask <see cref="Passes"/>.</summary>
    public NumberSpan? Numbers { get; init; }
}

/// <summary>All numbers from <paramref name="Low"/> to <paramref name="High"/>, both included.</summary>
internal readonly record struct NumberSpan(double Low, double High)
{
    public static readonly NumberSpan None = new(double.PositiveInfinity, double.NegativeInfinity);

    public bool IsEmpty => !(Low <= High);

    public bool Contains(double number) => number >= Low && number <= High;
}
