using LogView.Server.Platform;

namespace LogView.Server.Hosting.Web;

/// <summary>What a request gets that failed or led nowhere: a page for people, a problem document for programs; never a stack trace.</summary>
public static class FailurePages
{
    private const string ErrorPage = "/error";
    private const string NotFoundPage = "/not-found";

    public static void UseFailurePages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler();
        app.UseWhen(c => !IsPage(c), branch => branch.UseStatusCodePages());
        app.UseWhen(IsPage, branch =>
        {
            branch.UseExceptionHandler(ErrorPage);
            branch.UseStatusCodePagesWithReExecute(NotFoundPage);
        });
    }

    private static bool IsPage(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && !ElasticPath.Covers(context.Request)
        && !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
