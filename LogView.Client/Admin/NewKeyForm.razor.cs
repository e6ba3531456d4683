using LogView.Client.Contracts.Accounts;
using Microsoft.AspNetCore.Components;

namespace LogView.Client.Admin;

/// <summary>What a new key is for and may do.</summary>
public partial class NewKeyForm
{
    private readonly SortedSet<string> _scopes = new(StringComparer.Ordinal) { "ingest" };
    private string _label = "";
    private string _dataStreams = "*";

    [Parameter]
    public EventCallback<NewKey> OnCreate { get; set; }

    /// <summary>Why the last attempt made none.</summary>
    [Parameter]
    public string? Problem { get; set; }

    private static string ScopeWords(string scope) => scope switch
    {
        "ingest" => "send events (ingest)",
        "search" => "search (search)",
        _ => "everything, keys included (admin)",
    };

    private void Set(string scope, bool isOn)
    {
        if (isOn)
        {
            _scopes.Add(scope);
        }
        else
        {
            _scopes.Remove(scope);
        }
    }

    private async Task SubmitAsync()
    {
        string[] patterns = _dataStreams.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        await OnCreate.InvokeAsync(new NewKey(_label, [.. _scopes], patterns));
        _label = "";
    }
}
