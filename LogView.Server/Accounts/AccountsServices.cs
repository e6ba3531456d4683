using LogView.Client.Contracts.Accounts;
using LogView.Server.Accounts.Access;
using LogView.Server.Accounts.Keys;
using LogView.Server.Accounts.SignIn;
using LogView.Server.Platform;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;

namespace LogView.Server.Accounts;

/// <summary>Who is asking, and what they may.</summary>
public static class AccountsServices
{
    private const string AnyScheme = "any";

    public static IServiceCollection AddAccounts(this IServiceCollection services, AccountsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(_ => AccountsDatabase.OpenOrCreate(options.DataFolder));
        services.AddSingleton<KeyStore>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<AccessEnds>();
        services.AddScoped<AuthenticationStateProvider, CircuitAccess>();
        services.AddSingleton<SignInLinks>();
        services.AddSingleton<IKeyAdministration, KeyAdministration>();
        services.AddAuthentication(AnyScheme)
            .AddPolicyScheme(AnyScheme, displayName: null, o => o.ForwardDefaultSelector = ChooseScheme)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.SchemeName, configureOptions: null)
            .AddCookie(Sessions.SchemeName, Sessions.Configure);
        services.AddDataProtection().SetApplicationName("LogView")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(options.DataFolder, FileNames.CookieKeys)));
        services.AddAuthorization();
        services.AddAntiforgery(o => o.Cookie.Name = "logview.antiforgery");
        services.AddSingleton<SignInRate>();
        return services;
    }

    /// <summary>After routing, before the endpoints.</summary>
    public static void UseAccounts(this IApplicationBuilder app)
    {
        app.UseAuthentication();
        app.UseMiddleware<SignInMiddleware>();
        app.UseMiddleware<AccessControl>();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    public static void MapAccounts(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapSignIn();
        endpoints.MapKeys();
    }

    /// <summary>A key that is sent counts alone. Elasticsearch's clients never use the browser's session, so a page cannot borrow it there.</summary>
    private static string ChooseScheme(HttpContext context) =>
        KeyCredentials.Find(context.Request.Headers).Count > 0 || ElasticPath.Covers(context.Request) ? KeyAuthentication.SchemeName : Sessions.SchemeName;
}
