#pragma warning disable RS0030 // The one place that touches Console: standard output and error are the program's contract with whoever started it.
namespace LogView.Server.Hosting.Starting;

/// <summary>Where the program says <c>ready</c> and why it does not start.</summary>
public sealed record StandardStreams(TextWriter Output, TextWriter Error)
{
    public static StandardStreams OfProcess() => new(Console.Out, Console.Error);
}
