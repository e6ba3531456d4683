using LogView.Client.Contracts.Events;

namespace LogView.Server.Demo.Shop;

/// <summary>One customer's request through the services: a trace with a clock of its own. What it logs lands in <see cref="Events"/>.</summary>
internal sealed class Visit
{
    private readonly DateTimeOffset _start;
    private TimeSpan _elapsed;

    public Visit(Random random, DateTimeOffset start, IncidentPlan incidents)
    {
        (Random, _start, Incidents) = (random, start, incidents);
        TraceId = Hex(16);
        CustomerNumber = random.Next(1_000, 1_400);
        Customer = ShopData.Customers[CustomerNumber % ShopData.Customers.Length];
        ClientIp = $"203.0.113.{CustomerNumber % 250 + 1}";
        Browser = ShopData.Browsers[CustomerNumber % ShopData.Browsers.Length];
    }

    public Random Random { get; }

    public IncidentPlan Incidents { get; }

    public string TraceId { get; }

    public int CustomerNumber { get; }

    public (string Name, string City) Customer { get; }

    public string ClientIp { get; }

    public string Browser { get; }

    public List<DemoEvent> Events { get; } = [];

    /// <summary>The visit's time now.</summary>
    public DateTimeOffset Now => _start + _elapsed;

    /// <summary>Nanoseconds since the visit began, as <c>event.duration</c> counts them.</summary>
    public long ElapsedNanoseconds => _elapsed.Ticks * TimeSpan.NanosecondsPerTick;

    public double ElapsedMilliseconds => _elapsed.TotalMilliseconds;

    /// <summary>True with the given chance.</summary>
    public bool Chance(double share) => Random.NextDouble() < share;

    public T Any<T>(T[] of) => of[Random.Next(of.Length)];

    /// <summary>Lets time pass: around <paramref name="milliseconds"/>, with the long tail that real services have. Answers how long it was.</summary>
    public double Take(double milliseconds)
    {
        double took = milliseconds * (0.5 + Random.NextDouble()) * (Chance(0.02) ? 8 : 1);
        _elapsed += TimeSpan.FromMilliseconds(took);
        return took;
    }

    public void Log(ShopService service, Severity level, string message, params (string Name, object Value)[] more)
    {
        List<(string, object)> fields =
        [
            ("log.level", level.ToLevel()!), ("message", message), ("service.name", service.Name), ("service.version", Incidents.VersionOf(service, Now)),
            ("service.language.name", service.Language), ("host.name", service.Hosts[(CustomerNumber + (int)level) % service.Hosts.Length]),
            ("trace.id", TraceId), ("span.id", Hex(8)), ("event.dataset", $"{service.Name}.log"), ("event.sequence", Events.Count + 1),
        ];
        if (service.Language is "python")
        {
            // Python's logging names levels its own way; the pipeline knows them.
            fields[0] = ("level", level == Severity.Warn ? "WARNING" : level.ToString().ToUpperInvariant());
        }

        Events.Add(DemoEvent.Write(Now, fields.Concat(more)));
    }

    private string Hex(int bytes)
    {
        byte[] value = new byte[bytes];
        Random.NextBytes(value);
        return Convert.ToHexStringLower(value);
    }
}
