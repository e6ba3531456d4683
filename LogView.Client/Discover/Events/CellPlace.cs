using LogView.Client.Contracts.Search;

namespace LogView.Client.Discover.Events;

/// <summary>A value in the table and where it is on screen.</summary>
/// <param name="Hit">Of the row.</param>
/// <param name="Field">Of the column.</param>
/// <param name="X">Pixels from the left of the window.</param>
/// <param name="Y">Pixels from the top of the window.</param>
public sealed record CellPlace(Hit Hit, string Field, double X, double Y);
