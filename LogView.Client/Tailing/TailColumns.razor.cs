using Microsoft.AspNetCore.Components;

namespace LogView.Client.Tailing;

/// <summary>Chooses the fields shown beside time, level and message.</summary>
public partial class TailColumns
{
    private string _name = "";

    [Parameter, EditorRequired]
    public IReadOnlyList<string> Columns { get; set; } = [];

    [Parameter]
    public EventCallback<string> OnAdd { get; set; }

    [Parameter]
    public EventCallback<string> OnRemove { get; set; }

    private async Task AddAsync()
    {
        string name = _name.Trim();
        _name = "";
        if (name.Length > 0)
        {
            await OnAdd.InvokeAsync(name);
        }
    }
}
