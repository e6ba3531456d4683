namespace LogView.Server.Demo.Shop;

/// <summary>One program of the shop, on its hosts.</summary>
/// <param name="Name">As in <c>service.name</c>.</param>
/// <param name="Language">What it is written in; its stack traces look like that.</param>
/// <param name="Version">Deployed version.</param>
/// <param name="Hosts">Machines it runs on.</param>
internal sealed record ShopService(string Name, string Language, string Version, string[] Hosts)
{
    public static readonly ShopService Gateway = new("gateway", "go", "1.22.4", ["gw-01", "gw-02"]);
    public static readonly ShopService Catalog = new("catalog", "dotnet", "4.8.1", ["web-01", "web-02", "web-03"]);
    public static readonly ShopService Search = new("search", "java", "7.1.0", ["search-01", "search-02"]);
    public static readonly ShopService Accounts = new("accounts", "dotnet", "2.3.5", ["web-01", "web-02"]);
    public static readonly ShopService Checkout = new("checkout", "dotnet", "5.0.12", ["web-02", "web-03"]);
    public static readonly ShopService Payment = new("payment", "java", "2.14.6", ["pay-01", "pay-02"]);
    public static readonly ShopService Inventory = new("inventory", "python", "0.31.2", ["stock-01"]);
    public static readonly ShopService MailWorker = new("mail-worker", "python", "1.9.0", ["worker-01", "worker-02"]);
    public static readonly ShopService Deployer = new("deployer", "go", "0.9.3", ["ops-01"]);
}
