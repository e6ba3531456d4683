namespace LogView.Server.Demo.Shop;

/// <summary>Stack traces as the runtimes write them.</summary>
internal static class StackTraces
{
    public static (string Name, object Value)[] DotNet(int product) => Error(
        "System.InvalidOperationException", $"Sequence contains no elements (price of product {product})",
        """
           at System.Linq.ThrowHelper.ThrowNoElementsException()
           at System.Linq.Enumerable.First[TSource](IEnumerable`1 source)
           at Shop.Catalog.Prices.PriceList.Current(ProductId product, Currency currency) in /src/Shop.Catalog/Prices/PriceList.cs:line 87
           at Shop.Catalog.Pages.ProductPage.<LoadAsync>d__14.MoveNext() in /src/Shop.Catalog/Pages/ProductPage.cs:line 52
        --- End of stack trace from previous location ---
           at Shop.Catalog.Endpoints.<>c.<<MapProducts>b__0_2>d.MoveNext() in /src/Shop.Catalog/Endpoints.cs:line 31
        --- End of stack trace from previous location ---
           at Microsoft.AspNetCore.Http.RequestDelegateFactory.<ExecuteTaskResult>g__ExecuteAwaited|139_0[T](Task`1 task, HttpContext httpContext)
           at Microsoft.AspNetCore.Routing.EndpointMiddleware.<Invoke>g__AwaitRequestTask|7_0(Endpoint endpoint, Task requestTask, ILogger logger)
           at Microsoft.AspNetCore.Server.Kestrel.Core.Internal.Http.HttpProtocol.ProcessRequests[TContext](IHttpApplication`1 application)
        """);

    public static (string Name, object Value)[] DotNetPayment(string order) => Error(
        "Shop.Checkout.PaymentFailedException", $"Order {order}: payment answered 504",
        """
           at Shop.Checkout.Payments.PaymentClient.<ChargeAsync>d__9.MoveNext() in /src/Shop.Checkout/Payments/PaymentClient.cs:line 74
        --- End of stack trace from previous location ---
           at Shop.Checkout.Orders.PlaceOrder.<HandleAsync>d__6.MoveNext() in /src/Shop.Checkout/Orders/PlaceOrder.cs:line 48
        --- End of stack trace from previous location ---
           at Shop.Checkout.Endpoints.<>c.<<MapCheckout>b__0_0>d.MoveNext() in /src/Shop.Checkout/Endpoints.cs:line 22
        """);

    public static (string Name, object Value)[] Java() => Error(
        "java.net.SocketTimeoutException", "Read timed out",
        """
        	at java.base/sun.nio.ch.NioSocketImpl.timedRead(NioSocketImpl.java:278)
        	at java.base/sun.nio.ch.NioSocketImpl.implRead(NioSocketImpl.java:304)
        	at java.base/java.net.Socket$SocketInputStream.read(Socket.java:1099)
        	at okhttp3.internal.http1.Http1ExchangeCodec.readResponseHeaders(Http1ExchangeCodec.kt:180)
        	at okhttp3.internal.connection.Exchange.readResponseHeaders(Exchange.kt:110)
        	at com.shop.payment.provider.SeoulGateway.authorise(SeoulGateway.java:142)
        	at com.shop.payment.ChargeService.chargeWithRetry(ChargeService.java:88)
        	at com.shop.payment.ChargeController.charge(ChargeController.java:41)
        	at org.springframework.web.servlet.FrameworkServlet.service(FrameworkServlet.java:885)
        	at org.apache.tomcat.util.threads.TaskThread$WrappingRunnable.run(TaskThread.java:63)
        	at java.base/java.lang.Thread.run(Thread.java:1583)
        Caused by: java.net.SocketException: Socket closed
        	at java.base/sun.nio.ch.NioSocketImpl.endRead(NioSocketImpl.java:243)
        	... 12 more
        """);

    public static (string Name, object Value)[] Python(string sku)
    {
        string trace = $"""
            Traceback (most recent call last):
              File "/srv/inventory/sync.py", line 118, in run
                self.apply(row)
              File "/srv/inventory/sync.py", line 141, in apply
                level = self.levels[row["sku"]]
                        ~~~~~~~~~~~^^^^^^^^^^^^
            KeyError: '{sku}'
            """;
        return [("error.type", "KeyError"), ("error.message", $"'{sku}'"), ("error.stack_trace", trace)];
    }

    private static (string Name, object Value)[] Error(string type, string message, string frames) =>
        [("error.type", type), ("error.message", message), ("error.stack_trace", $"{type}: {message}\n{frames}")];
}
