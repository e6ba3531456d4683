using LogView.Client.Contracts.Events;

namespace LogView.Server.Demo.Shop;

/// <summary>Everything the shop logs in one minute. A pure function of seed and minute: whoever asks again gets the same events with the same ids.</summary>
internal sealed class ShopMinute(DemoOptions options)
{
    /// <summary>The shop is in Korea: evenings are busy, nights are not.</summary>
    private static readonly TimeSpan ShopOffset = TimeSpan.FromHours(9);

    private readonly IncidentPlan _incidents = new(options.Seed);

    /// <param name="minute">Start of the minute.</param>
    /// <param name="density">Share of the visits to tell of, 0 to 1; fewer are a subset of more.</param>
    public IEnumerable<(string Id, DemoEvent Event)> Write(DateTimeOffset minute, double density)
    {
        long number = minute.ToUnixTimeSeconds() / 60;
        int visits = (int)(options.VisitsPerMinute * BusyShare(minute));
        for (int i = 0; i < visits; i++)
        {
            Random random = new(IncidentPlan.HashCode(options.Seed + i + 1, number));
            if (random.NextDouble() >= density)
            {
                continue;
            }

            Visit visit = new(random, minute + TimeSpan.FromMinutes(random.NextDouble()), _incidents);
            Choose(random)(visit);
            for (int n = 0; n < visit.Events.Count; n++)
            {
                yield return ($"demo-{number}-{i}-{n}", visit.Events[n]);
            }
        }

        Visit background = new(new Random(IncidentPlan.HashCode(options.Seed, number)), minute, _incidents);
        Background(background, minute);
        for (int n = 0; n < background.Events.Count; n++)
        {
            yield return ($"demo-{number}-b-{n}", background.Events[n]);
        }
    }

    private static Action<Visit> Choose(Random random) => random.NextDouble() switch
    {
        < 0.55 => Visits.Browse,
        < 0.75 => Visits.Find,
        < 0.84 => Visits.SignIn,
        _ => CheckoutVisit.Run,
    };

    private void Background(Visit visit, DateTimeOffset minute)
    {
        visit.Take(4_000);
        visit.Log(ShopService.Inventory, Severity.Info, $"Synced {visit.Random.Next(150, 260)} stock levels from warehouse {(visit.Chance(0.5) ? "Incheon" : "인천")}",
            ("event.duration", visit.ElapsedNanoseconds));
        if (visit.Chance(0.03))
        {
            string sku = $"SKU-{visit.Random.Next(1_000, 9_999)}";
            visit.Log(ShopService.Inventory, Severity.Error, $"Stock sync stopped at {sku}", StackTraces.Python(sku));
        }

        if (visit.Chance(0.01))
        {
            visit.Log(ShopService.Search, Severity.Fatal, "Out of memory: heap 3.9 of 4.0 GB, restarting", ("process.exit_code", 137));
        }

        foreach ((DateTimeOffset at, string message, string version) in _incidents.DeploysIn(minute))
        {
            Visit deploy = new(visit.Random, at, _incidents);
            deploy.Log(ShopService.Deployer, Severity.Info, message, ("event.kind", "event"), ("event.action", "deploy"), ("deployed.service", "payment"), ("deployed.version", version));
            visit.Events.AddRange(deploy.Events);
        }
    }

    /// <summary>Between 0.6 at 4 in the morning and 1 at 4 in the afternoon.</summary>
    private static double BusyShare(DateTimeOffset at)
    {
        double hour = at.ToOffset(ShopOffset).TimeOfDay.TotalHours;
        return 0.8 - (0.2 * Math.Cos((hour - 4) / 24 * 2 * Math.PI));
    }
}
