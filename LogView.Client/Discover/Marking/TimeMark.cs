using LogView.Client.Contracts.Events;

namespace LogView.Client.Discover.Marking;

/// <summary>A moment that somebody marked, such as a deployment.</summary>
/// <param name="Label">What happened.</param>
/// <param name="At">When.</param>
public sealed record TimeMark(string Label, Timestamp At);
