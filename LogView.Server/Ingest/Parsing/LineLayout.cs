namespace LogView.Server.Ingest.Parsing;

/// <summary>How the lines of one file are laid out.</summary>
/// <param name="Format"><see cref="LineFormat.Auto"/>: no format of its own, so each line is JSON if it looks like it, else text.</param>
/// <param name="EpochWord">The word (from 0) that is the time as seconds or a fraction of them since 1970; null: none.</param>
/// <param name="TimeFirst">Nearly every line that starts an event starts with a time: one without continues the event before it.</param>
public readonly record struct LineLayout(LineFormat Format, int? EpochWord = null, bool TimeFirst = false);
