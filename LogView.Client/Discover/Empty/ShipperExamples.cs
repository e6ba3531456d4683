using LogView.Client.Contracts.Setup;

namespace LogView.Client.Discover.Empty;

/// <summary>Lines to paste, with this LogView's own addresses.</summary>
public static class ShipperExamples
{
    public static IReadOnlyList<(string Title, string Text)> For(FirstRunOffer offer)
    {
        string elastic = offer.ElasticAddress ?? offer.PageAddress + "/elastic";
        string key = offer.IngestNeedsKey ? " -H 'Authorization: ApiKey YOUR_KEY'" : "";
        return
        [
            ("curl", $$"""
                curl{{key}} -X POST {{offer.PageAddress}}/ingest/logs-demo-default \
                  -H 'Content-Type: application/x-ndjson' \
                  -d '{"message":"Hello from curl","log.level":"info","service.name":"shell"}'
                """),
            ("Filebeat, Logstash", $"""
                output.elasticsearch:
                  hosts: ["{elastic}"]
                """ + (offer.IngestNeedsKey ? "\n  api_key: \"YOUR_KEY\"" : "")),
            ("Fluent Bit", $"""
                [OUTPUT]
                    Name               es
                    Match              *
                    Host               {Host(elastic)}
                    Port               {Port(elastic)}
                    Index              logs-fluentbit-default
                    Suppress_Type_Name On
                """),
            ("rsyslog", $"""
                module(load="omelasticsearch")
                action(type="omelasticsearch" server="{Host(elastic)}" serverport="{Port(elastic)}"
                       searchIndex="logs-syslog-default" bulkmode="on")
                """),
        ];
    }

    private static string Host(string address) => new Uri(address).Host;

    private static string Port(string address) => new Uri(address).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
