using LogView.Client.Contracts.Events;
using LogView.Server.Storage.Elastic.Client;
using LogView.Server.Storage.Elastic.Indices;

namespace LogView.Server.Storage.Elastic.Writing;

/// <summary>What the data streams that are written to have mapped. One call at a time.</summary>
internal sealed class StreamSchemas(ElasticClient client, StreamInstaller installer, IndexCatalog catalog)
{
    private readonly Dictionary<DataStreamName, StreamSchema> _schemas = [];

    /// <summary>Data streams without an index until something is written to them.</summary>
    private readonly HashSet<DataStreamName> _new = [];

    public bool HasNew => _new.Count > 0;

    public IEnumerable<DataStreamName> Known => _schemas.Keys;

    /// <summary>What is believed of a data stream is read again before the next write.</summary>
    public void Forget(DataStreamName stream) => _schemas.Remove(stream);

    /// <summary>Fields that values added, over these data streams; changes, too, when one of them was forgotten.</summary>
    public int AdditionsOf(IEnumerable<DataStreamName> streams) => streams.Sum(s => _schemas.TryGetValue(s, out StreamSchema? schema) ? schema.Additions : -1);

    /// <summary>Makes the data stream when it is not there.</summary>
    public async Task<StreamSchema> OfAsync(DataStreamName stream, CancellationToken cancellationToken)
    {
        if (!_schemas.TryGetValue(stream, out StreamSchema? schema))
        {
            (schema, bool isNew) = await installer.InstallAsync(stream, cancellationToken);
            _schemas[stream] = schema;
            if (isNew)
            {
                _new.Add(stream);
            }

            catalog.Forget();
        }

        return schema;
    }

    /// <summary>Many new fields go to the mapping at once; a data stream that is not there yet gets its first event before.</summary>
    public async Task MapAsync(DataStreamName stream, CancellationToken cancellationToken)
    {
        if (!_new.Remove(stream) && _schemas[stream].TakeNew() is { Count: >= MappingUpdate.MinFields } added)
        {
            await MappingUpdate.TryAsync(client, catalog.TargetOf(stream), added, cancellationToken);
        }
    }
}
