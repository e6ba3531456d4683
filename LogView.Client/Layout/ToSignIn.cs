using Microsoft.AspNetCore.Components;

namespace LogView.Client.Layout;

/// <summary>Sends a viewer whose session ended to the sign-in page, and back afterwards.</summary>
public sealed class ToSignIn(NavigationManager navigation) : ComponentBase
{
    protected override void OnInitialized()
    {
        string back = "/" + navigation.ToBaseRelativePath(navigation.Uri);
        navigation.NavigateTo($"/sign-in?returnUrl={Uri.EscapeDataString(back)}", forceLoad: true);
    }
}
