using AngleSharp.Dom;
using Bunit;
using LogView.Client.Contracts.Events;
using LogView.Client.Contracts.Search;
using LogView.Client.Shared.Querying;
using LogView.Tests.Testing;

namespace LogView.Tests.Shared.Querying;

public sealed class DataStreamPickerTests : UiTest
{
    private readonly List<string?> _chosen = [];

    [Fact]
    public async Task Box_SentUnchanged_KeepsWhatWasChosen()
    {
        IRenderedComponent<DataStreamPicker> picker = await ShowAsync("logs-nginx-*");

        await picker.InvokeAsync(() => picker.Find("form").Submit());

        Assert.Equal("logs-nginx-*", Assert.Single(_chosen));
    }

    [Fact]
    public async Task Box_Emptied_ChoosesAll()
    {
        IRenderedComponent<DataStreamPicker> picker = await ShowAsync("logs-nginx-*");

        await picker.InvokeAsync(() => picker.Find("input").Change(" "));
        await picker.InvokeAsync(() => picker.Find("form").Submit());

        Assert.Null(Assert.Single(_chosen));
    }

    [Fact]
    public async Task Alias_OfTwoIndices_IsOneChoiceWithTheirEvents()
    {
        IRenderedComponent<DataStreamPicker> picker = await ShowAsync(value: null);

        IElement alias = picker.FindAll("button.lv-stream-item")[^1];
        Assert.Equal("shop alias · 3", string.Join(' ', alias.Children.Select(c => c.TextContent)));
        await picker.InvokeAsync(() => picker.FindAll("button.lv-stream-item")[^1].Click());

        Assert.Equal("shop", Assert.Single(_chosen));
    }

    private async Task<IRenderedComponent<DataStreamPicker>> ShowAsync(string? value)
    {
        DataStreamInfo[] streams = [Stream("app-1", 1), Stream("app-2", 2)];
        IRenderedComponent<DataStreamPicker> picker = Render<DataStreamPicker>(p => p
            .Add(c => c.Value, value).Add(c => c.Streams, streams).Add(c => c.ValueChanged, v => _chosen.Add(v)));
        await picker.InvokeAsync(() => picker.Find("button.lv-stream-button").Click());
        return picker;
    }

    private static DataStreamInfo Stream(string name, long events) => new(DataStreamName.Parse(name), events, 0, null, null) { Aliases = ["shop"] };
}
