using LogView.Client.Contracts.Events;
using LogView.Server;
using Mono.Cecil;

namespace LogView.Tests.Repository;

/// <summary>Reads the compiled assemblies: what is written in the table is what the code does.</summary>
public sealed class ArchitectureTests
{
    private static readonly Lazy<List<Edge>> Edges = new(ReadEdges);

    [Fact]
    public void Areas_AllOfThem_AreInTheTable()
    {
        string[] unknown = [.. Edges.Value.SelectMany(e => new[] { e.From, e.To }).Distinct().Where(a => !Areas.Allowed.ContainsKey(a))];

        Assert.True(unknown.Length == 0, $"Add to LogView.Tests/Repository/Areas.cs and docs/architecture.md: {string.Join(", ", unknown)}");
    }

    [Fact]
    public void Edges_AllOfThem_AreAllowed()
    {
        string[] wrong = [.. Edges.Value.Where(e => !Areas.MayUse(e.From, e.To)).Select(e => $"{e.From} → {e.To}: {e.Type} uses {e.Used}").Distinct()];

        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Table_ItsEdges_HaveNoCycle()
    {
        foreach (string area in Areas.Allowed.Keys)
        {
            Assert.DoesNotContain(area, Reachable(area));
        }
    }

    [Fact]
    public void Edges_Read_AreNotNothing()
    {
        Assert.Contains(Edges.Value, e => e is { From: "Tail", To: "Wal" });
        Assert.Contains(Edges.Value, e => e is { From: "Language", To: "Contracts" });
    }

    private static HashSet<string> Reachable(string area)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        Stack<string> open = new(Targets(area));
        while (open.TryPop(out string? next))
        {
            if (seen.Add(next))
            {
                Targets(next).ForEach(open.Push);
            }
        }

        return seen;
    }

    private static List<string> Targets(string area) => [.. Areas.Allowed[area].Where(a => a != Areas.Everything)];

    private static List<Edge> ReadEdges()
    {
        List<Edge> edges = [];
        foreach (string assembly in new[] { typeof(Program).Assembly.Location, typeof(LogEvent).Assembly.Location })
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(assembly);
            foreach (TypeDefinition type in module.GetTypes())
            {
                if (Areas.Of(type) is { } from)
                {
                    edges.AddRange(TypeUse.Of(type).Select(u => (Area: Areas.Of(u), u.FullName)).Where(u => u.Area is not null && u.Area != from)
                        .Select(u => new Edge(from, u.Area!, type.FullName, u.FullName)).Distinct());
                }
            }
        }

        return edges;
    }

    private sealed record Edge(string From, string To, string Type, string Used);
}
