using LogView.Client.Contracts.Search;
using LogView.Client.Discover.Run;

namespace LogView.Tests.Discover.Run;

public sealed class OverviewTests
{
    [Fact]
    public void Of_LogsWithoutLevels_DoesNotWarnOfWhatNobodyAskedFor()
    {
        var result = new SearchResult
        {
            Status = SearchStatus.Complete,
            Hits = [],
            Notes = [new("unknown_field", "No event has the field log.level.", "log.level"), new("unknown_field", "No event has the field hots.", "hots"), new("memory_bound", "old ones left")],
        };

        Assert.Equal(["hots", null], Overview.Of(result).Notes.Select(n => n.Field));
    }
}
