using LogView.Client.Shared.Traces;

namespace LogView.Tests.Shared.Traces;

public class TraceFoldsTests
{
    private const string Java = """
        java.lang.IllegalStateException: could not settle
        	at java.base/java.util.Objects.requireNonNull(Objects.java:233)
        	at com.shop.Orders.settle(Orders.java:40)
        	at org.springframework.web.Frame.invoke(Frame.java:1)
        	at jdk.internal.reflect.Accessor.invoke(Unknown Source)
        	at com.shop.Cart$$EnhancerBySpringCGLIB$$1a2b.pay(<generated>)
        	at com.shop.Main.main(Main.java:3)
        Caused by: java.io.IOException: gone
        	at sun.nio.ch.Net.poll(Native Method)
        	at sun.nio.ch.Net.connect(Net.java:9)
        	at java.base/java.net.Socket.connect(Socket.java:2)
        	... 12 more
        """;

    private const string DotNet = """
        System.InvalidOperationException: no
         ---> System.TimeoutException: late
           at Npgsql.Internal.Connector.Open()
           at Npgsql.Connection.Open()
           --- End of inner exception stack trace ---
           at Shop.Orders.Settle(Int32 id) in /src/Orders.cs:line 4
           at Microsoft.AspNetCore.Mvc.Invoker.Next()
        --- End of stack trace from previous location ---
           at Microsoft.AspNetCore.Routing.Middleware.Invoke()
           at Program.<Main>(String[] args)
        """;

    private const string JavaScript = """
        TypeError: Cannot read properties of undefined (reading 'id')
            at settle (/app/src/orders.js:12:9)
            at Layer.handle (/app/node_modules/express/lib/router/layer.js:95:5)
            at next (/app/node_modules/express/lib/router/route.js:149:13)
            at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
            at async main (/app/src/main.js:3:1)
        """;

    private const string Python = """
        Traceback (most recent call last):
          File "/usr/lib/python3.12/site-packages/flask/app.py", line 1, in wsgi_app
            response = self.full_dispatch_request()
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          File "/usr/lib/python3.12/site-packages/flask/app.py", line 2, in dispatch
            return self.view()
          File "/app/shop/orders.py", line 40, in settle
            pay(order)
          File "/usr/lib/python3.12/json/decoder.py", line 337, in decode
            raise JSONDecodeError("Expecting value", s, err.value)
        json.decoder.JSONDecodeError: Expecting value
        """;

    private const string Go = """
        panic: runtime error: index out of range [3] with length 3

        goroutine 1 [running]:
        main.settle(0x3)
        	/app/orders.go:12 +0x1d
        net/http.HandlerFunc.ServeHTTP(0x0, {0x1, 0x2})
        	/usr/local/go/src/net/http/server.go:2136 +0x29
        github.com/go-chi/chi/v5.(*Mux).ServeHTTP(0xc0)
        	/go/pkg/mod/github.com/go-chi/chi/v5@v5.0.1/mux.go:73 +0x2f
        main.main()
        	/app/main.go:9 +0x1d
        """;

    private const string Php = """
        PHP Fatal error: Uncaught Exception: no in /app/src/Orders.php:12
        Stack trace:
        #0 /app/src/Cart.php(9): Shop\Orders->settle()
        #1 /app/vendor/symfony/kernel.php(8): Shop\Cart->pay()
        #2 [internal function]: Symfony\Kernel->handle()
        #3 /app/public/index.php(3): Symfony\Kernel->run()
        """;

    private const string Ruby = """
        /app/orders.rb:12:in `settle': no (RuntimeError)
        	from /app/cart.rb:9:in `pay'
        	from /usr/lib/ruby/gems/3.2.0/gems/rack-3.0/lib/rack/builder.rb:1:in `call'
        	from /usr/lib/ruby/gems/3.2.0/gems/puma-6.0/lib/puma/server.rb:2:in `run'
        	from /app/main.rb:3:in `<main>'
        """;

    private const string Rust = """
        thread 'main' panicked at src/main.rs:4:5
        stack backtrace:
           0: shop::orders::settle
                     at /app/src/orders.rs:12:9
           1: core::ops::function::FnOnce::call_once
                     at /rustc/abc/library/core/src/ops/function.rs:250:5
           2: tokio::runtime::run
                     at /build/.cargo/registry/src/tokio-1.0/src/runtime.rs:9:1
           3: shop::main
                     at /app/src/main.rs:3:1
        """;

    [Theory]
    [InlineData(Java, "3-5:3 9-10:2")]
    [InlineData(DotNet, "6-8:3")]
    [InlineData(JavaScript, "2-4:3")]
    [InlineData(Python, "1-5:2")]
    [InlineData(Go, "5-8:2")]
    [InlineData(Php, "3-4:2")]
    [InlineData(Ruby, "2-3:2")]
    [InlineData(Rust, "4-7:2")]
    [InlineData("   위치: System.Text.Json.Read()\n   위치: System.Text.Json.Next()\n   위치: Microsoft.Host.Run()\n   위치: Shop.Main()", "1-2:2")]
    public void Of_Trace_FoldsCallsOfFrameworks(string trace, string folded) => Assert.Equal(folded, Folded(trace));

    [Theory]
    [InlineData("")]
    [InlineData("one line at java.util.List")]
    [InlineData("meet me\nat System.Park\nat Microsoft.Place\nat java.cafe")]
    [InlineData("\tat com.shop.A.a(A.java:1)\n\tat com.shop.B.b(B.java:2)\n\tat com.shop.C.c(C.java:3)")]
    [InlineData("\tat com.shop.A.a(A.java:1)\n\tat java.lang.Thread.run(Thread.java:2)\n\tat com.shop.C.c(C.java:3)")]
    public void Of_NothingToFold_IsOnePart(string text) => Assert.Equal("", Folded(text));

    [Fact]
    public void Of_AnyText_IsWholeInItsParts()
    {
        foreach (string text in (string[])[Java, Java + "\n", Java.ReplaceLineEndings("\r\n"), DotNet, Python, Go, "\n\n", "a", new string('\n', 30_000)])
        {
            Assert.Equal(text, string.Concat(TraceFolds.Of(text).Select(p => text[p.Start..p.End])));
        }

        Assert.Equal(Folded(Java), Folded(Java.ReplaceLineEndings("\r\n")));
    }

    /// <summary>First and last line of each folded run and how many calls it has.</summary>
    private static string Folded(string text)
    {
        List<string> runs = [];
        int line = 0;
        foreach (TracePart part in TraceFolds.Of(text))
        {
            if (part.Frames > 0)
            {
                runs.Add($"{line}-{line + part.Lines - 1}:{part.Frames}");
            }

            line += part.Lines;
        }

        return string.Join(' ', runs);
    }
}
