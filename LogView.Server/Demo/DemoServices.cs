namespace LogView.Server.Demo;

public static class DemoServices
{
    /// <summary>The demo shop, asleep until <see cref="DemoGenerator.StartShopAsync"/>. Needs <c>IEventSink</c> and <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddDemo(this IServiceCollection services, DemoOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<DemoGenerator>();
        services.AddHostedService(p => p.GetRequiredService<DemoGenerator>());
        return services;
    }
}
