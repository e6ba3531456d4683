using LogView.Server.Accounts.Access;
using LogView.Server.Hosting.Options;

namespace LogView.Server.Hosting.Web;

/// <summary>
/// While LogView listens on loopback only, a request must name this machine in its Host header: a foreign name there means that a web page
/// made a browser believe its name is this machine (DNS rebinding).
/// </summary>
public static class HostCheck
{
    public static void UseHostCheck(this IApplicationBuilder app, LogViewOptions options)
    {
        if (!options.IsLoopbackOnly)
        {
            return;
        }

        HashSet<string> allowed = new(options.Settings.AllowedHosts, StringComparer.OrdinalIgnoreCase);
        app.Use((context, next) =>
        {
            string host = context.Request.Host.Host;
            return LocalRequest.IsLocalHost(host) || allowed.Contains(host) ? next(context) : RefuseAsync(context);
        });
    }

    private static Task RefuseAsync(HttpContext context) => Results.Problem(
        "The request names a host that is not this machine. If a proxy passes it on, add that name to allowedHosts in the settings file.",
        statusCode: StatusCodes.Status421MisdirectedRequest).ExecuteAsync(context);
}
