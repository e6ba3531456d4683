namespace LogView.Server.Demo.Shop;

/// <summary>
/// When the payment provider times out: once in every stretch of time, after a deployment, for about a quarter of an hour; errors rise over ten minutes
/// and fall within three when the deployment is rolled back.
/// </summary>
internal sealed class IncidentPlan(int seed)
{
    private const int StretchMinutes = 100;
    private const int RiseMinutes = 10;
    private const int FallMinutes = 3;
    private const double Peak = 0.85;

    private static readonly TimeSpan DeployBefore = TimeSpan.FromMinutes(4);

    /// <summary>Share of charges that the provider does not answer in time: 0 on a good day.</summary>
    public double SeverityAt(DateTimeOffset at)
    {
        double minutes = (at - StartAround(at)).TotalMinutes;
        return minutes switch
        {
            < 0 => 0,
            < RiseMinutes => Peak * minutes / RiseMinutes,
            < RiseMinutes + FallMinutes => Peak * (1 - ((minutes - RiseMinutes) / FallMinutes)),
            _ => 0,
        };
    }

    /// <summary>The payment service's version changes with the bad deployment and back with the rollback.</summary>
    public string VersionOf(ShopService service, DateTimeOffset at)
    {
        DateTimeOffset start = StartAround(at);
        bool isBad = service == ShopService.Payment && at >= start - DeployBefore && at < start.AddMinutes(RiseMinutes);
        return isBad ? "2.14.7" : service.Version;
    }

    /// <summary>Deployments within a minute: message by time.</summary>
    public IEnumerable<(DateTimeOffset At, string Message, string Version)> DeploysIn(DateTimeOffset minute)
    {
        DateTimeOffset start = StartAround(minute);
        (DateTimeOffset At, string Message, string Version)[] deploys =
        [
            (start - DeployBefore, "Deployed payment 2.14.7 to pay-01, pay-02: new connection pool for pgw-seoul", "2.14.7"),
            (start.AddMinutes(RiseMinutes), "Rolled back payment 2.14.7 to 2.14.6: timeouts towards pgw-seoul", "2.14.6"),
        ];
        return deploys.Where(d => d.At >= minute && d.At < minute.AddMinutes(1));
    }

    private DateTimeOffset StartAround(DateTimeOffset at)
    {
        long stretch = at.ToUnixTimeSeconds() / 60 / StretchMinutes;
        int latest = StretchMinutes - RiseMinutes - FallMinutes - 10;
        int offset = 10 + new Random(HashCode(seed, stretch)).Next(latest);
        return DateTimeOffset.FromUnixTimeSeconds(((stretch * StretchMinutes) + offset) * 60);
    }

    /// <summary>Mixes a seed and a number; <see cref="System.HashCode"/> differs from process to process.</summary>
    internal static int HashCode(int seed, long number)
    {
        ulong mixed = unchecked(((ulong)number * 0x9E3779B97F4A7C15UL) ^ ((ulong)seed * 0xC2B2AE3D27D4EB4FUL));
        mixed ^= mixed >> 29;
        return unchecked((int)(mixed * 0xBF58476D1CE4E5B9UL >> 32));
    }
}
