using System.Collections;
using System.Runtime.CompilerServices;

namespace LogView.Client.Contracts.Query;

/// <summary>An immutable list of nodes that is equal to another with equal nodes in the same order.</summary>
[CollectionBuilder(typeof(NodeList), nameof(Create))]
public sealed class NodeList(IEnumerable<QueryNode> nodes) : IReadOnlyList<QueryNode>, IEquatable<NodeList>
{
    private readonly QueryNode[] _nodes = [.. nodes];

    public int Count => _nodes.Length;

    public QueryNode this[int index] => _nodes[index];

    public static NodeList Create(ReadOnlySpan<QueryNode> nodes) => new(nodes.ToArray());

    public bool Equals(NodeList? other) => other is not null && _nodes.AsSpan().SequenceEqual(other._nodes);

    public override bool Equals(object? obj) => Equals(obj as NodeList);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (QueryNode node in _nodes)
        {
            hash.Add(node);
        }

        return hash.ToHashCode();
    }

    public IEnumerator<QueryNode> GetEnumerator() => ((IEnumerable<QueryNode>)_nodes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _nodes.GetEnumerator();
}
