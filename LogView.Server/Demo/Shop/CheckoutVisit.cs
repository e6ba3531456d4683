using System.Globalization;
using LogView.Client.Contracts.Events;

namespace LogView.Server.Demo.Shop;

/// <summary>Buying: stock is reserved, the payment provider asked (and asked again), the mail sent.</summary>
internal static class CheckoutVisit
{
    private const int MaxAttempts = 3;
    private const int TimeoutMs = 3_000;

    public static void Run(Visit visit)
    {
        (string product, int won) = visit.Any(ShopData.Products);
        int items = visit.Random.Next(1, 4);
        string order = $"{visit.Now.UtcDateTime:yyMMdd}-{visit.Random.Next(10_000, 99_999)}";
        string amount = (won * items).ToString("N0", CultureInfo.InvariantCulture);
        (string, object)[] about = [("order.id", order), ("user.id", Visits.UserId(visit)), ("user.name", visit.Customer.Name), ("order.amount", won * items)];

        visit.Take(14);
        visit.Log(ShopService.Checkout, Severity.Info, $"Order {order}: {items} × {product}, {amount} KRW, {visit.Customer.Name} ({visit.Customer.City})", about);
        visit.Take(25);
        visit.Log(ShopService.Inventory, Severity.Info, $"Reserved {items} of '{product}' for order {order}", ("order.id", order), ("stock.items", items));
        if (!Charge(visit, order))
        {
            Fail(visit, order, amount, about);
            return;
        }

        visit.Take(9);
        visit.Log(ShopService.Checkout, Severity.Info, IsKorean(visit) ? $"결제 완료: 주문 {order}, {visit.Customer.Name} 고객님, {amount}원" : $"Order {order} is paid", about);
        Visits.Answer(visit, "POST", "/api/checkout", 201);
        Mail(visit, order);
    }

    private static bool Charge(Visit visit, string order)
    {
        for (int attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            (string, object)[] about = [("order.id", order), ("payment.provider", "pgw-seoul"), ("payment.attempt", attempt)];
            if (!visit.Chance(visit.Incidents.SeverityAt(visit.Now) + 0.004))
            {
                double took = visit.Take(380);
                visit.Log(ShopService.Payment, Severity.Info, $"Provider pgw-seoul authorised order {order} in {took:0} ms", [.. about, ("event.duration", (long)(took * 1_000_000))]);
                return true;
            }

            visit.Take(TimeoutMs);
            visit.Log(ShopService.Payment, Severity.Warn, $"Provider pgw-seoul did not answer within {TimeoutMs} ms, attempt {attempt} of {MaxAttempts}", about);
            visit.Take(200 * attempt);
        }

        visit.Log(ShopService.Payment, Severity.Error, $"Charging order {order} failed: timed out towards pgw-seoul", [("order.id", order), .. StackTraces.Java()]);
        return false;
    }

    private static void Fail(Visit visit, string order, string amount, (string, object)[] about)
    {
        string message = IsKorean(visit)
            ? $"결제 실패: 주문 {order}, {visit.Customer.Name} 고객님, {amount}원, 사유: 결제사 응답 시간 초과"
            : $"Payment failed for order {order}: the provider timed out";
        visit.Log(ShopService.Checkout, Severity.Error, message, [.. about, .. StackTraces.DotNetPayment(order)]);
        visit.Take(12);
        visit.Log(ShopService.Inventory, Severity.Info, $"Released the items of order {order}", ("order.id", order));
        Visits.Answer(visit, "POST", "/api/checkout", 502);
    }

    private static void Mail(Visit visit, string order)
    {
        visit.Take(1_500);
        if (visit.Chance(0.04))
        {
            visit.Log(ShopService.MailWorker, Severity.Warn, "SMTP 421 too many connections, retry in 30 s", ("order.id", order), ("smtp.code", 421));
        }

        visit.Log(ShopService.MailWorker, Severity.Info,
            IsKorean(visit) ? $"{visit.Customer.Name} 고객님께 주문 확인 메일을 보냈습니다 ({order})" : $"Sent the confirmation of order {order}", ("order.id", order));
    }

    private static bool IsKorean(Visit visit) => visit.Customer.Name[0] is >= '가' and <= '힣';
}
