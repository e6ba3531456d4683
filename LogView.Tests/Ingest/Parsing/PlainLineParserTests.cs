using static LogView.Tests.Ingest.Parsing.ParsingContext;

namespace LogView.Tests.Ingest.Parsing;

public sealed class PlainLineParserTests
{
    private const string Time = "2026-11-22T14:02:11.482000000Z";
    private const string Second = "2026-11-22T14:02:11.000000000Z";

    [Theory]
    [InlineData("2026-11-22 14:02:11,482 ERROR [main] c.s.Checkout - it failed", Time + " error | process.thread.name=main log.logger=c.s.Checkout | it failed")]
    [InlineData("2026-11-22 14:02:11,482 [main] ERROR c.s.Checkout - it failed", Time + " error | process.thread.name=main log.logger=c.s.Checkout | it failed")]
    [InlineData("2026-11-22 14:02:11,482 WARN  [c.s.Checkout] (http-1) slow", Time + " warn | process.thread.name=c.s.Checkout | slow")]
    [InlineData("2026-11-22T14:02:11.482Z  INFO 12345 --- [           main] c.s.Checkout    : Started", Time + " info | process.pid=12345 process.thread.name=main log.logger=c.s.Checkout | Started")]
    [InlineData("2026-11-22 14:02:11,482 - shop.cart - WARNING - low", Time + " warn | log.logger=shop.cart | low")]
    [InlineData("2026-11-22 14:02:11.482 +00:00 [INF] Now listening", Time + " info |  | Now listening")]
    [InlineData("[14:02:11 INF] Now listening", Second + " info |  | Now listening")]
    [InlineData("2026-11-22 14:02:11.4820|INFO|Shop.Cart|added", Time + " info | log.logger=Shop.Cart | added")]
    [InlineData("2026/11/22 14:02:11 listening on :80", Second + " - |  | listening on :80")]
    [InlineData("2026-11-22T14:02:11.482Z\tINFO\tserver\tlistening", Time + " info |  | server\tlistening")]
    [InlineData("I, [2026-11-22T14:02:11.482000 #1234]  INFO -- shop: ok", Time + " info | process.pid=1234 process.name=shop | ok")]
    [InlineData("22-Nov-2026 14:02:11.482 INFO [main] org.apache.catalina.startup.Catalina.start Server startup", Time + " info | process.thread.name=main | org.apache.catalina.startup.Catalina.start Server startup")]
    [InlineData("2026-11-22 14:02:11.482 UTC [1234] LOG:  checkpoint starting", Time + " info | process.pid=1234 | checkpoint starting")]
    [InlineData("2026-11-22 14:02:11.482 UTC [1234] shop@db FATAL:  too many", Time + " fatal |  | [1234] shop@db FATAL:  too many")]
    [InlineData("2026-11-22T14:02:11.482000Z 0 [Warning] [MY-010068] [Server] CA is self signed", Time + " warn | process.pid=0 process.thread.name=MY-010068 | CA is self signed")]
    [InlineData("1234:M 22 Nov 2026 14:02:11.482 # WARNING overcommit", Time + " warn | process.pid=1234 | WARNING overcommit")]
    [InlineData("I1122 14:02:11.482000   12345 main.go:42] ready", Time + " info | process.thread.id=12345 log.origin.file.name=main.go log.origin.file.line=42 | ready")]
    [InlineData("E20261122 14:02:11.482000 12345 main.cc:42] bad", Time + " error | process.thread.id=12345 log.origin.file.name=main.cc log.origin.file.line=42 | bad")]
    [InlineData("[I 2026-11-22 14:02:11.482 ServerApp] Serving", Time + " info | log.logger=ServerApp | Serving")]
    [InlineData("[2026-11-22 14:02:11 +0000] [1234] [INFO] Booting worker", Second + " info | process.pid=1234 | Booting worker")]
    [InlineData("[2026-11-22 14:02:11,482: INFO/MainProcess] ready", Time + " info | process.name=MainProcess | ready")]
    [InlineData("[2026-11-22 14:02:11] production.ERROR: gone", Second + " error |  | gone")]
    [InlineData("2026-11-22 14:02:11 status installed libc6:amd64 2.36", Second + " - |  | status installed libc6:amd64 2.36")]
    [InlineData("2016-09-28 04:30:30, Info                  CBS    Loaded", "2016-09-28T04:30:30.000000000Z info |  | CBS    Loaded")]
    [InlineData("03-17 16:13:38.811  1702  2395 D WindowManager: text", "2026-03-17T16:13:38.811000000Z debug | process.pid=1702 process.thread.id=2395 log.logger=WindowManager | text")]
    [InlineData("081109 203615 148 INFO dfs.DataNode$PacketResponder: done", "2008-11-09T20:36:15.000000000Z info | process.pid=148 log.logger=dfs.DataNode$PacketResponder | done")]
    [InlineData("17/06/09 20:10:40 INFO executor.Backend: Registered", "2017-06-09T20:10:40.000000000Z info | log.logger=executor.Backend | Registered")]
    [InlineData("ERROR 2026-11-22 14:02:11,482 gone", Time + " error |  | gone")]
    [InlineData("[INFO] Scanning for projects", "- info |  | Scanning for projects")]
    [InlineData("warn: Shop.Checkout[14]", "- warn | log.logger=Shop.Checkout | (line)")]
    [InlineData("info: Shop.Checkout[0]\n      Now listening", "- info | log.logger=Shop.Checkout | Now listening")]
    [InlineData("INFO:     127.0.0.1:5000 - \"GET / HTTP/1.1\" 200 OK", "- info |  | 127.0.0.1:5000 - \"GET / HTTP/1.1\" 200 OK")]
    [InlineData("update-alternatives 2026-11-22 14:02:11: run with --install", Second + " - |  | (line)")]
    [InlineData("Start-Date: 2026-11-22  14:02:11", Second + " - |  | (line)")]
    [InlineData("2026-11-22 14:02:11 Got ERROR from backend", Second + " error |  | Got ERROR from backend")]
    public void Parse_ALayoutOfALibrary_GivesItsParts(string text, string expected) => Assert.Equal(expected, Show(Plain(text)));

    [Theory]
    [InlineData("just a line")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("no error: none at all")]
    [InlineData("14:02:11 is lunch time")]
    [InlineData("[main] starting")]
    public void Parse_PlainText_IsOnlyAMessage(string text) => Assert.Equal("- - |  | (line)", Show(Plain(text)));

    [Theory]
    [InlineData("2026/11/22 14:02:11 [error] 12#34: *56 open() \"/x\" failed (2: No such file or directory), client: 192.0.2.1, server: _, request: \"GET /x?a=1 HTTP/1.1\", host: \"shop.example\"",
        Second + " error | process.pid=12 process.thread.id=34 nginx.error.connection_id=56 source.address=192.0.2.1 source.ip=192.0.2.1 url.domain=shop.example"
        + " http.request.method=GET http.version=1.1 url.original=/x?a=1 url.path=/x url.query=a=1 | open() \"/x\" failed (2: No such file or directory), client: 192.0.2.1,"
        + " server: _, request: \"GET /x?a=1 HTTP/1.1\", host: \"shop.example\"")]
    [InlineData("[Sun Nov 22 14:02:11.482000 2026] [core:error] [pid 12:tid 34] [client 192.0.2.1:567] AH00035: denied",
        Time + " error | apache.error.module=core process.pid=12 process.thread.id=34 source.address=192.0.2.1 source.ip=192.0.2.1 | AH00035: denied")]
    [InlineData("[Sun Dec 04 04:47:44 2005] [notice] workerEnv.init() ok", "2005-12-04T04:47:44.000000000Z info |  | workerEnv.init() ok")]
    public void Parse_AnErrorLog_GivesItsParts(string text, string expected) => Assert.Equal(expected, Show(Plain(text)));
}
