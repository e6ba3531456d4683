namespace LogView.Server.Demo.Shop;

/// <summary>Who buys, and what.</summary>
internal static class ShopData
{
    public static readonly (string Name, string City)[] Customers =
    [
        ("김민준", "서울"), ("이서연", "부산"), ("박도윤", "인천"), ("최지우", "대전"), ("정하은", "광주"), ("강시우", "수원"), ("윤서준", "제주"), ("한지민", "서울"),
        ("Ada Brook", "Leeds"), ("Tomás Rey", "Madrid"), ("Mia Novak", "Zagreb"), ("Jonas Weber", "Köln"), ("Aiko Sato", "大阪"), ("Lina Haddad", "Amman"),
        ("Noah Clarke", "Bristol"), ("Elif Kaya", "İzmir"),
    ];

    public static readonly (string Name, int Won)[] Products =
    [
        ("Trail running shoes", 129_000), ("무선 키보드", 89_000), ("Ceramic pour-over set", 54_000), ("겨울 패딩", 219_000), ("Desk lamp", 38_000), ("등산 스틱", 62_000),
        ("Noise cancelling headphones", 349_000), ("유기농 녹차", 18_000), ("Cast iron pan", 71_000), ("캠핑 의자", 45_000), ("Mechanical pencil", 9_000), ("USB-C 허브", 33_000),
    ];

    public static readonly string[] SearchWords = ["shoes", "패딩", "keyboard", "캠핑", "lamp", "헤드폰", "green tea", "선물 세트", "hub", "등산"];

    public static readonly string[] Browsers =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 Version/19.1 Mobile Safari/604.1",
        "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        "Mozilla/5.0 (Linux; Android 16; SM-S931N) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36",
    ];
}
