using System.Globalization;

namespace LogView.Client.Discover.Fields;

/// <summary>A number in at most eight characters or so; the exact one is on hover.</summary>
public static class ShortNumber
{
    private static readonly (double From, double Unit, string Sign)[] Units = [(1e12, 1e12, " T"), (1e9, 1e9, " G"), (1e6, 1e6, " M"), (0, 1, "")];

    public static string Format(double? number)
    {
        if (number is not { } value || double.IsNaN(value))
        {
            return "–";
        }

        double size = Math.Abs(value);
        if (size >= 1e15 || (size is > 0 and < 1e-3))
        {
            return value.ToString("0.###e0", CultureInfo.InvariantCulture);
        }

        (_, double unit, string sign) = Units.First(u => size >= u.From);
        return (value / unit).ToString(unit > 1 || size < 100 ? "#,0.###" : "#,0.#", CultureInfo.InvariantCulture) + sign;
    }
}
