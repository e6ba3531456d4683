using Bunit;
using LogView.Client.Layout;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace LogView.Tests.Testing;

/// <summary>A browser page in a test: the services of the pages, a clock moved by hand, JavaScript that answers defaults.</summary>
public abstract class UiTest : BunitContext
{
    protected UiTest()
    {
        // Signals end the waits; the time only bounds a failing test on a busy machine.
        DefaultWaitTimeout = TimeSpan.FromSeconds(20);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddComponentServices();
    }

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 5, 2, 11, TimeSpan.Zero));
}
