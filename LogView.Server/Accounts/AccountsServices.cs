using LogView.Server.Accounts.Access;
using LogView.Server.Accounts.Keys;

namespace LogView.Server.Accounts;

/// <summary>Who is asking, and what they may.</summary>
public static class AccountsServices
{
    public static IServiceCollection AddAccounts(this IServiceCollection services, AccountsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<KeyRing>();
        services.AddAuthentication(KeyAuthentication.SchemeName)
            .AddScheme<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.SchemeName, configureOptions: null);
        services.AddAuthorization();
        services.AddAntiforgery();
        return services;
    }

    /// <summary>After routing, before the endpoints.</summary>
    public static void UseAccounts(this IApplicationBuilder app)
    {
        app.UseAuthentication();
        app.UseMiddleware<AccessControl>();
        app.UseAuthorization();
        app.UseAntiforgery();
    }
}
