using Microsoft.AspNetCore.Components;

namespace LogView.Client.SignIn;

/// <summary>Says where the sign-in link is, and takes a key instead. Plain HTML: nobody is signed in yet, so there is no circuit.</summary>
public partial class SignInPage
{
    [SupplyParameterFromQuery]
    public string? Problem { get; set; }

    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    private string? ProblemText => Problem switch
    {
        null => null,
        "link" => Text["This link was used already or is too old. Each works once, for 24 hours."].Value,
        "key" => Text["This key opens nothing here: it is mistyped or was revoked."].Value,
        "rate" => Text["Signing in was tried too often within a minute, perhaps by others. Wait a minute, or use the sign-in link."].Value,
        _ => Text["Signing in did not work. Try again."].Value,
    };
}
