namespace LogView.Tests.Conformance;

/// <summary>
/// What every engine has to pass: one subclass per engine, which opens an empty store. The parts are a chain of classes, one per subject
/// (<see cref="WriteConformance"/>, <see cref="TimeConformance"/>, <see cref="SortConformance"/>, <see cref="QueryConformance"/>,
/// <see cref="HistogramConformance"/>, <see cref="BucketConformance"/>, <see cref="MetricConformance"/>, <see cref="FieldListConformance"/>,
/// <see cref="ConcurrencyConformance"/>, <see cref="JsonShapeConformance"/>, <see cref="ScenarioConformance"/>), so that a subclass runs them all.
/// </summary>
public abstract class EventStoreConformance : ScenarioConformance;
