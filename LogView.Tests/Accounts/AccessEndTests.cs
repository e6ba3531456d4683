using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Search;
using LogView.Server.Accounts.Access;
using LogView.Server.Accounts.Keys;
using LogView.Server.Accounts.SignIn;
using LogView.Tests.Tail;
using LogView.Tests.Testing;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace LogView.Tests.Accounts;

/// <summary>What is open when a key is revoked or somebody signs out, of the whole program.</summary>
public sealed class AccessEndTests : IAsyncLifetime
{
    private LogViewServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await LogViewServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Revoke_AStreamThatIsOpen_EndsItWithTheReason()
    {
        (string id, string secret) = await MakeKeyAsync();
        using TailLineReader other = await TailLineReader.OpenAsync(_server, "");
        using TailLineReader reader = await TailLineReader.OpenAsync(_server.NewClient(_server.Url, secret), "");
        await reader.MatchedAsync(0);

        await RevokeAsync(id);
        while (await reader.NextAsync())
        {
        }

        Assert.Equal("The API key was revoked", reader.Problem);
        int before = other.Statuses.Count;
        await other.UntilAsync(r => r.Statuses.Count > before + 1);
        Assert.Null(other.Problem);
    }

    [Fact]
    public async Task Revoke_AHubConnectionThatIsOpen_EndsItsStreamAndTakesNoOther()
    {
        (string id, string secret) = await MakeKeyAsync();
        await using TailFollower follower = new(_server.Url, new(), secret);
        await follower.LiveAsync();

        await RevokeAsync(id);
        await follower.UntilAsync(f => f.Problem is not null);

        Assert.Equal((SearchProblemKind.Forbidden, "The API key was revoked", 0), (follower.Problem!.Kind, follower.Problem.Message, follower.Interruptions));
        await using TailFollower again = new(_server.Url, new(), secret);
        await again.UntilAsync(f => f.Problem is not null);
        Assert.Equal(SearchProblemKind.Forbidden, again.Problem!.Kind);
    }

    [Fact]
    public async Task SignOut_EndsTheSessionsStreamsAndEveryCopyOfItsCookie()
    {
        using HttpResponseMessage signedIn = await _server.Anonymous.GetAsync(_server.Output.ToString().Split('\n')[1].Trim());
        string cookie = signedIn.Headers.GetValues("Set-Cookie").First().Split(';')[0];
        using TailLineReader reader = await TailLineReader.OpenAsync(_server.Anonymous, "");
        await reader.MatchedAsync(0);

        using HttpResponseMessage signedOut = await SignOutAsync();
        Assert.Equal(HttpStatusCode.Redirect, signedOut.StatusCode);
        while (await reader.NextAsync())
        {
        }

        Assert.Equal("This session was signed out", reader.Problem);
        using HttpRequestMessage copy = new(HttpMethod.Get, "/api/v1/keys");
        copy.Headers.Add("Cookie", cookie);
        using HttpResponseMessage answer = await _server.NewClient(_server.Url, key: null).SendAsync(copy);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Revoke_ACircuitOfASessionThatBeganWithTheKey_IsNobodysAtOnce()
    {
        (string id, string secret) = await MakeKeyAsync();
        await using AsyncServiceScope circuit = _server.Services.CreateAsyncScope();
        AuthenticationStateProvider provider = circuit.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        KeyHolder holder = _server.Services.GetRequiredService<KeyRing>().Find(secret)!;
        ((IHostEnvironmentAuthenticationStateProvider)provider).SetAuthenticationState(Task.FromResult(new AuthenticationState(holder.ToPrincipal(Sessions.SchemeName))));
        Assert.NotNull(ViewerClaims.ToViewer((await provider.GetAuthenticationStateAsync()).User));
        TaskCompletionSource told = new();
        provider.AuthenticationStateChanged += _ => told.TrySetResult();

        await RevokeAsync(id);
        await told.Task;

        Assert.IsType<CircuitAccess>(provider);
        Assert.Null(ViewerClaims.ToViewer((await provider.GetAuthenticationStateAsync()).User));
    }

    private async Task<(string Id, string Secret)> MakeKeyAsync()
    {
        using HttpResponseMessage answer = await _server.Client.PostAsJsonAsync("/api/v1/keys", new { label = "a test", scopes = new[] { "search" } });
        JsonNode made = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        return ((string)made["id"]!, (string)made["key"]!);
    }

    private async Task RevokeAsync(string id)
    {
        using HttpResponseMessage answer = await _server.Client.DeleteAsync($"/api/v1/keys/{id}");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> SignOutAsync()
    {
        string page = await _server.Anonymous.GetStringAsync("/sign-in");
        string token = Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Groups["token"].Value;
        using FormUrlEncodedContent form = new(new Dictionary<string, string>(StringComparer.Ordinal) { ["__RequestVerificationToken"] = token });
        return await _server.Anonymous.PostAsync("/sign-out", form);
    }
}
