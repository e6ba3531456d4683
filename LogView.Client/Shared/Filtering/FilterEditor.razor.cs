using LogView.Client.Contracts.Search;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace LogView.Client.Shared.Filtering;

/// <summary>The form that makes or changes one filter.</summary>
public partial class FilterEditor : IDisposable
{
    /// <summary>Names offered by the browser's list; beyond it nobody scrolls.</summary>
    private const int MaxOffers = 1_000;

    private readonly string _id = "filter-" + Guid.NewGuid().ToString("N")[..8];
    private readonly Lifetime _life = new();
    private FilterDraft _draft = new();
    private IReadOnlyList<string> _values = [];
    private string? _problem;

    /// <summary>Null: a new one.</summary>
    [Parameter]
    public SearchFilter? Filter { get; set; }

    [Parameter]
    public IReadOnlyList<string> FieldNames { get; set; } = [];

    [Parameter]
    public FieldValueProvider? Values { get; set; }

    [Parameter]
    public EventCallback<SearchFilter> OnSave { get; set; }

    /// <summary>Further buttons.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [CascadingParameter]
    private DropPanel? Panel { get; set; }

    [Inject]
    private IStringLocalizer<SharedText> Strings { get; set; } = default!;

    private bool IsList => _draft.Operator is FilterOperator.OneOf or FilterOperator.NotOneOf;

    public void Dispose()
    {
        _life.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override async Task OnInitializedAsync()
    {
        if (Filter is not null)
        {
            _draft = FilterDraft.Of(Filter);
            await LoadValuesAsync();
        }
    }

    private static string Read(ChangeEventArgs e) => e.Value as string ?? "";

    private Task SetFieldAsync(string field)
    {
        _draft = _draft with { Field = field };
        return LoadValuesAsync();
    }

    private async Task LoadValuesAsync()
    {
        if (Values is null || _draft.Field.Length == 0)
        {
            return;
        }

        try
        {
            _values = await Values(_draft.Field, null, _life.Token);
        }
        catch (OperationCanceledException)
        {
            _values = [];
        }
    }

    private async Task SaveAsync()
    {
        _problem = _draft.Problem;
        if (_problem is null)
        {
            SearchFilter made = _draft.ToFilter();
            await OnSave.InvokeAsync(made with { Disabled = Filter?.Disabled ?? false });
            if (Panel is not null)
            {
                await Panel.CloseAsync();
            }
        }
    }
}
