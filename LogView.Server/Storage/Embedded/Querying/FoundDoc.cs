using LogView.Server.Storage.Embedded.Segments;

namespace LogView.Server.Storage.Embedded.Querying;

/// <summary>An event found, not yet read.</summary>
internal readonly record struct FoundDoc(SegmentView Segment, int Doc);
