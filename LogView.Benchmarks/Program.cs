using System.Reflection;
using BenchmarkDotNet.Running;
using LogView.Benchmarks;

// `-- load …` is the end-to-end run over HTTP, `-- store …` the engine alone; anything else goes to BenchmarkDotNet.
return args switch
{
    [var verb, .. var rest] when Commands.Find(verb) is { } command => await command(rest),
    _ => MicroBenchmarks(args),
};

static int MicroBenchmarks(string[] args)
{
    BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
    return 0;
}
