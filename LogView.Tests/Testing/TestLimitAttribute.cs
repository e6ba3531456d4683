using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Xunit.v3;

[assembly: LogView.Tests.Testing.TestLimit]

namespace LogView.Tests.Testing;

/// <summary>
/// A test that never ends fails instead of holding up all others: after <c>LOGVIEW_TEST_MINUTES</c> its token is cancelled; when it does not heed that either within a minute, the run
/// ends and names it. Without the variable there is no limit, for debugging and for the long modes. <c>./test</c> sets it.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class TestLimitAttribute : BeforeAfterTestAttribute
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan? Limit =
        double.TryParse(Environment.GetEnvironmentVariable("LOGVIEW_TEST_MINUTES"), NumberStyles.Float, CultureInfo.InvariantCulture, out double minutes)
            ? TimeSpan.FromMinutes(minutes) : null;

    private readonly ConcurrentDictionary<string, Timer> _running = new(StringComparer.Ordinal);

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (Limit is { } limit)
        {
            ITestContext context = TestContext.Current;
            bool isCancelled = false;
            _running[test.UniqueID] = new Timer(
                _ =>
                {
                    if (isCancelled)
                    {
                        Environment.FailFast($"The test did not end: {test.TestDisplayName}");
                    }

                    isCancelled = true;
                    context.TestOutputHelper?.WriteLine($"Cancelled after {limit.TotalMinutes:0.##} minutes");
                    context.CancelCurrentTest();
                },
                state: null, limit, Grace);
        }
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (_running.TryRemove(test.UniqueID, out Timer? timer))
        {
            timer.Dispose();
        }
    }
}
