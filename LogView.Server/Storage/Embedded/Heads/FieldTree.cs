using System.Collections.Concurrent;
using System.Text.Json;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Storage.Embedded.Heads;

/// <summary>
/// Finds the field of a JSON path without building its name: nodes follow the nesting of objects, and each remembers which properties came
/// after it lately, since events of one source have the same shape: two, since an event's own fields and those derived from it take turns at the
/// root, and programs leave fields out. Names are joined as <see cref="EventFlattener"/> does.
/// </summary>
internal sealed class FieldTree
{
    private readonly ConcurrentDictionary<string, HeadField> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);

    public FieldTree() => Root = NodeOf("");

    public Node Root { get; }

    /// <summary>Safe while the writer adds.</summary>
    public ConcurrentDictionary<string, HeadField> Fields => _fields;

    public int Count => _nodes.Count;

    /// <summary>The node of the property the reader stands on, below <paramref name="parent"/>.</summary>
    /// <param name="parent">The object's node.</param>
    /// <param name="previous">The property read before it in the same object, or the parent.</param>
    /// <param name="reader">Stands on a property name.</param>
    public Node Child(Node parent, Node previous, ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            if (previous.Next is { } guess && guess.Fits(parent, reader.ValueSpan))
            {
                return guess.Node;
            }

            if (previous.Other is { } other && other.Fits(parent, reader.ValueSpan))
            {
                return other.Node;
            }
        }

        byte[] utf8 = reader.ValueSpan.ToArray();
        string key = JsonText.Read(ref reader);
        Node child = NodeOf(parent.Name.Length == 0 ? key : $"{parent.Name}.{key}");
        if (!reader.ValueIsEscaped)
        {
            (previous.Next, previous.Other) = (new Step(parent, utf8, child), previous.Next);
        }

        return child;
    }

    public HeadField FieldOf(Node node)
    {
        if (node.Field is null)
        {
            node.Field = new HeadField(node.Name);
            _fields[node.Name] = node.Field;
        }

        return node.Field;
    }

    private Node NodeOf(string name)
    {
        if (!_nodes.TryGetValue(name, out Node? node))
        {
            _nodes[name] = node = new Node(name);
        }

        return node;
    }

    internal sealed record Step(Node Parent, byte[] Utf8, Node Node)
    {
        public bool Fits(Node parent, ReadOnlySpan<byte> name) => parent == Parent && name.SequenceEqual(Utf8);
    }

    internal sealed class Node(string name)
    {
        public string Name => name;

        /// <summary>Left out of the columns: the event's own timestamp stands for it.</summary>
        public bool IsTimestamp { get; } = string.Equals(name, FieldName.Timestamp.Value, StringComparison.Ordinal);

        public HeadField? Field { get; set; }

        public Step? Next { get; set; }

        public Step? Other { get; set; }
    }
}
