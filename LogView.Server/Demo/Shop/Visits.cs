using System.Globalization;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Demo.Shop;

/// <summary>What customers do besides buying: look around, search, sign in.</summary>
internal static class Visits
{
    public static void Browse(Visit visit)
    {
        int product = visit.Random.Next(1_000, 1_060);
        string path = $"/api/products/{product}";
        if (visit.Chance(0.03))
        {
            double took = visit.Take(2_300);
            const string statement = "SELECT p.*, s.level FROM product p JOIN stock s ON s.sku = p.sku WHERE p.category = $1 ORDER BY p.rank";
            visit.Log(ShopService.Catalog, Severity.Warn, $"Slow query took {took:0} ms: {statement}",
                ("db.system", "postgresql"), ("db.statement", statement), ("event.duration", (long)(took * 1_000_000)));
        }

        bool isGone = visit.Chance(0.02);
        bool isBroken = !isGone && visit.Chance(0.006);
        visit.Take(18);
        if (isBroken)
        {
            visit.Log(ShopService.Catalog, Severity.Error, $"Unhandled exception while showing product {product}", StackTraces.DotNet(product));
        }
        else if (visit.Chance(0.5))
        {
            visit.Log(ShopService.Catalog, isGone ? Severity.Warn : Severity.Info, isGone ? $"Product {product} is not in the catalogue" : $"Showed product {product}",
                ("product.id", product), ("user.id", UserId(visit)));
        }

        Answer(visit, "GET", path, isBroken ? 500 : isGone ? 404 : 200);
    }

    public static void Find(Visit visit)
    {
        string words = visit.Any(ShopData.SearchWords);
        int hits = visit.Random.Next(0, 240);
        if (visit.Chance(0.3))
        {
            visit.Log(ShopService.Search, Severity.Debug, $"Index cache {(visit.Chance(0.8) ? "hit" : "miss")} for '{words}'", ("search.words", words));
        }

        double took = visit.Take(46);
        visit.Log(ShopService.Search, took > 250 ? Severity.Warn : Severity.Info, $"Found {hits} products for '{words}' in {took:0} ms",
            ("search.words", words), ("search.hits", hits), ("event.duration", (long)(took * 1_000_000)));
        Answer(visit, "GET", "/api/search?q=" + Uri.EscapeDataString(words), 200);
    }

    public static void SignIn(Visit visit)
    {
        visit.Take(80);
        bool isWrong = visit.Chance(0.12);
        visit.Log(ShopService.Accounts, isWrong ? Severity.Warn : Severity.Info,
            isWrong ? $"Wrong password for {UserId(visit)} from {visit.ClientIp}" : $"{UserId(visit)} signed in",
            ("user.id", UserId(visit)), ("user.name", visit.Customer.Name), ("source.ip", visit.ClientIp), ("event.outcome", isWrong ? "failure" : "success"));
        Answer(visit, "POST", "/api/session", isWrong ? 401 : 200);
    }

    internal static string UserId(Visit visit) => $"c-{visit.CustomerNumber}";

    /// <summary>The gateway's access log line, last of every visit.</summary>
    internal static void Answer(Visit visit, string method, string path, int status)
    {
        visit.Take(2);
        string message = string.Create(CultureInfo.InvariantCulture, $"{method} {path} {status} {visit.ElapsedMilliseconds:0} ms");
        visit.Log(ShopService.Gateway, status >= 500 ? Severity.Error : status >= 400 ? Severity.Warn : Severity.Info, message,
            ("http.request.method", method), ("url.path", path.Split('?')[0]), ("http.response.status_code", status), ("event.duration", visit.ElapsedNanoseconds),
            ("http.response.body.bytes", visit.Random.Next(200, 40_000)), ("source.ip", visit.ClientIp), ("user_agent.original", visit.Browser));
    }
}
