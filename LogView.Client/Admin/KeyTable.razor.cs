using System.Globalization;
using LogView.Client.Contracts.Accounts;
using Microsoft.AspNetCore.Components;

namespace LogView.Client.Admin;

/// <summary>The keys that open LogView. Revoking asks once more: it cannot be taken back.</summary>
public partial class KeyTable
{
    private string? _asked;

    [Parameter, EditorRequired]
    public IReadOnlyList<ApiKeyInfo> Keys { get; set; } = [];

    [Parameter]
    public EventCallback<ApiKeyInfo> OnRevoke { get; set; }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
