using LogView.Client.Contracts.Setup;

namespace LogView.Client.Discover.Empty;

/// <summary>Lines to paste, with this LogView's own addresses.</summary>
public static class ShipperExamples
{
    public static IReadOnlyList<(string Title, string Text)> For(FirstRunOffer offer)
    {
        List<(string, string)> examples = [("curl", Curl(offer)), ("Filebeat, Logstash", Beats(offer)), ("Fluent Bit", FluentBit(offer))];
        if (offer.ElasticAddress is { } elastic)
        {
            // omelasticsearch takes a host and a port, but no path.
            examples.Add(("rsyslog", Rsyslog(new Uri(elastic), offer.IngestNeedsKey)));
        }

        return examples;
    }

    private static string Curl(FirstRunOffer offer) => $$"""
        curl{{(offer.IngestNeedsKey ? " -H 'Authorization: ApiKey YOUR_KEY'" : "")}} {{offer.PageAddress}}/ingest/logs-shell-default \
          -H 'Content-Type: application/x-ndjson' \
          -d '{"message":"Hello from curl","log.level":"info"}'
        """;

    private static string Beats(FirstRunOffer offer) =>
        $"output.elasticsearch:\n  hosts: [\"{offer.ElasticAddress ?? offer.PageAddress + "/elastic"}\"]" + (offer.IngestNeedsKey ? "\n  api_key: \"YOUR_KEY\"" : "");

    private static string FluentBit(FirstRunOffer offer)
    {
        var address = new Uri(offer.ElasticAddress ?? offer.PageAddress);
        string text = $"""
            [OUTPUT]
                Name               es
                Match              *
                Host               {address.Host}
                Port               {Port(address)}
                Index              logs-fluentbit-default
                Suppress_Type_Name On
            """;
        text += offer.ElasticAddress is null ? "\n    Path               /elastic" : "";
        return text + (offer.IngestNeedsKey ? "\n    Header             Authorization ApiKey YOUR_KEY" : "");
    }

    private static string Rsyslog(Uri elastic, bool needsKey) => $"""
        module(load="omelasticsearch")
        action(type="omelasticsearch" server="{elastic.Host}" serverport="{Port(elastic)}"
               searchIndex="logs-syslog-default" bulkmode="on"{(needsKey ? " apikey=\"YOUR_KEY\"" : "")})
        """;

    private static string Port(Uri address) => address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
