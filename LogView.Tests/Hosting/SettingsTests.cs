using LogView.Server.Hosting.Options;
using LogView.Tests.Testing;
using Microsoft.Extensions.Logging;

namespace LogView.Tests.Hosting;

public sealed class SettingsTests
{
    private static readonly Dictionary<string, string> NoEnvironment = new(StringComparer.Ordinal);

    [Theory]
    [InlineData("--elastic-prt 1", "did you mean --elastic-port?")]
    [InlineData("--elastic-port abc", "--elastic-port: expected a port from 1 to 65535, or 0 for none, found 'abc'")]
    [InlineData("--elastic-port 70000", "found '70000'")]
    [InlineData("--elastic-port -1", "found '-1'")]
    [InlineData("--elastic-port", "expected PORT after it, found nothing")]
    [InlineData("--data --demo", "expected FOLDER after it, found '--demo'")]
    [InlineData("--data a --data b", "given twice")]
    [InlineData("--engine elastic", "the engine elastic needs --elastic-url")]
    [InlineData("--engine elastic --elastic-url http://a:b@c", "expected an address without user and password")]
    [InlineData("--engine elastic --elastic-url http://a --elastic-user u", "--elastic-user and its password are expected together")]
    [InlineData("--engine elastic --elastic-url http://a --elastic-password-file /nowhere/x", "--elastic-password-file: expected a file that can be read")]
    [InlineData("--engine elastic --elastic-url http://a --elastic-fingerprint 12", "expected the SHA-256 of a certificate as 64 hexadecimal digits, found '12'")]
    [InlineData("--engine elastic --elastic-url http://a --elastic-timeout 0", "expected seconds from 1 to 3600, found '0'")]
    [InlineData("--engine elastic --elastic-url http://a --elastic-prefix A", "expected the beginning of an index name, found 'A'")]
    [InlineData("--engine memroy", "did you mean memory?")]
    [InlineData("--urls https://127.0.0.1:1", "expected an address that starts with http://")]
    [InlineData("--urls http://example.com:1", "expected http://ADDRESS:PORT")]
    [InlineData("--urls http://127.0.0.1:x", "found 'http://127.0.0.1:x'")]
    [InlineData("--urls ,", "--urls: expected http://ADDRESS:PORT")]
    [InlineData("--demo=maybe", "--demo: expected true or false, found 'maybe'")]
    [InlineData("--elastic-url nowhere", "--elastic-url: expected http:// or https:// addresses")]
    [InlineData("--config /no/such/file", "--config: /no/such/file: expected a settings file that can be read")]
    [InlineData("demo", "unknown command 'demo'")]
    public void Read_BadOption_IsOneSentenceThatNamesIt(string args, string expected)
    {
        using TempFolder data = new();
        string[] all = args.Contains("--data", StringComparison.Ordinal) || !args.StartsWith('-') ? args.Split(' ') : [.. args.Split(' '), "--data", data.Path];
        OptionsResult result = OptionsReader.Read(CommandLine.Read(args is "--elastic-port" ? [args] : all), NoEnvironment);

        Assert.Null(result.Options);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error!.Split('\n'));
    }

    [Theory]
    [InlineData("""{"elasticport":1}""", "unknown key 'elasticport'", "did you mean elasticPort?")]
    [InlineData("""{"log":{"levle":"debug"}}""", "'log': unknown key 'levle'", "did you mean level?")]
    [InlineData("""{"log":{"level":"loud"}}""", "'log.level': expected one of trace, debug", "found \"loud\"")]
    [InlineData("""{"memory":{"maxEvents":"many"}}""", "'memory.maxEvents': expected a whole number", "found \"many\"")]
    [InlineData("""{"memory":{"maxEvents":0}}""", "'memory.maxEvents': expected a number from 1", "found 0")]
    [InlineData("""{"memory":{"maxEvents":-5}}""", "'memory.maxEvents': expected a whole number", "found -5")]
    [InlineData("""{"tail":{"batchInterval":"soon"}}""", "'tail.batchInterval': expected a duration", "found \"soon\"")]
    [InlineData("""{"files":[{"paths":["relative/*.log"]}]}""", "'files[0]': paths", "relative/*.log")]
    [InlineData("""{"elasticTimeFields":{"app-*":""}}""", "'elasticTimeFields.app-*'", "expected the name of one date field")]
    [InlineData("""{"elasticTimeFields":{"app-*":"a,b"}}""", "'elasticTimeFields.app-*'", "found 'a,b'")]
    [InlineData("""{"elasticTimeFields":{"app -*":"made"}}""", "'elasticTimeFields'", "found 'app -*'")]
    [InlineData("""{"files":[{"path":["/x"]}]}""", "'files[0]': unknown key 'path'", "did you mean paths?")]
    [InlineData("""{"allowedHosts":"a"}""", "'allowedHosts': expected a list", "found \"a\"")]
    [InlineData("""{"allowedHosts":[1]}""", "'allowedHosts[0]': expected text", "found 1")]
    [InlineData("""{"urls":{}}""", "'urls': expected URL", "found {}")]
    [InlineData("""{"data":"/elsewhere"}""", "'data' is expected on the command line", "")]
    [InlineData("""{"log":{},"log":{}}""", "expected JSON", "")]
    [InlineData("""[1]""", "expected an object, found a list", "")]
    [InlineData("""{"a" 1}""", "line 1, column", "")]
    public void Read_BadSettingsFile_IsOneSentenceThatNamesTheKey(string json, string expected, string andAlso)
    {
        using TempFolder data = new();
        data.File("logview.json", json);

        OptionsResult result = OptionsReader.Read(CommandLine.Read(["--data", data.Path]), NoEnvironment);

        Assert.Null(result.Options);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Contains(andAlso, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SettingInAllThreePlaces_CommandLineThenEnvironmentThenFile()
    {
        using TempFolder data = new();
        data.File("logview.json", """{ "elasticPort": 1, "urls": ["http://127.0.0.1:1", "http://[::1]:1"], "engine": "memory", /* why */ "log": { "level": "debug" }, }""");
        Dictionary<string, string> environment = new(StringComparer.Ordinal) { ["LOGVIEW_DATA"] = data.Path, ["LOGVIEW_ELASTIC_PORT"] = "2", ["LOGVIEW_URLS"] = "http://127.0.0.1:2" };

        LogViewOptions? options = OptionsReader.Read(CommandLine.Read(["--elastic-port", "3"]), environment).Options;

        Assert.Equal(3, options?.ElasticPort);
        Assert.Equal("http://127.0.0.1:2", Assert.Single(options!.Addresses).ToString());
        Assert.Equal(LogLevel.Debug, options.Settings.Log.Level);
    }

    [Fact]
    public void Read_PartsOfTheLogAndTheStore_KeepTheOtherDefaults()
    {
        using TempFolder data = new();
        data.File("logview.json", """{ "wal": { "minFreeBytes": 5 }, "store": { "sealAfter": "2s" }, "retention": { "age": "7d" }, "elasticTimeFields": { "app-*": "job.made" } }""");

        LogViewOptions options = OptionsReader.Read(CommandLine.Read(["--data", data.Path]), NoEnvironment).Options!;

        Assert.Equal((5, Path.Combine(data.Path, "wal")), (options.Wal.MinFreeBytes, options.Wal.Directory));
        Assert.Equal((TimeSpan.FromSeconds(2), 65_536), (options.Embedded.SealAfter, options.Embedded.MaxSegmentEvents));
        Assert.Equal(TimeSpan.FromDays(7), options.Settings.Retention.Age);
        Assert.Equal("job.made", options.Elastic.TimeFields["app-*"]);
    }

    [Fact]
    public void Read_MisspeltVariable_IsNamed()
    {
        string? error = OptionsReader.Read(CommandLine.Read([]), new Dictionary<string, string>(StringComparer.Ordinal) { ["LOGVIEW_ELASTICPORT"] = "1" }).Error;

        Assert.Contains("LOGVIEW_ELASTICPORT", error, StringComparison.Ordinal);
        Assert.Contains("did you mean LOGVIEW_ELASTIC_PORT?", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_VariableOfAContainerPlatform_IsIgnored()
    {
        using TempFolder data = new();
        Dictionary<string, string> environment = new(StringComparer.Ordinal) { ["LOGVIEW_SERVICE_HOST"] = "10.0.0.1", ["LOGVIEW_DATA"] = data.Path };

        Assert.Null(OptionsReader.Read(CommandLine.Read([]), environment).Error);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", true, "http://127.0.0.1:1")]
    [InlineData("http://localhost", true, "http://localhost:5700")]
    [InlineData("http://[::1]:8/", true, "http://[::1]:8")]
    [InlineData("http://*:8", false, "http://*:8")]
    [InlineData("http://0.0.0.0:8", false, "http://0.0.0.0:8")]
    [InlineData("HTTP://10.1.2.3:8", false, "http://10.1.2.3:8")]
    public void TryParse_Address_KnowsWhetherItIsLoopback(string text, bool isLoopback, string expected)
    {
        Assert.True(ListenAddress.TryParse(text, out ListenAddress? address, out _));
        Assert.Equal(isLoopback, address.IsLoopback);
        Assert.Equal(expected, address.ToString());
    }
}
