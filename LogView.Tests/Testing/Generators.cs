using CsCheck;
using LogView.Client.Contracts.Search;

namespace LogView.Tests.Testing;

/// <summary>Random values for property tests.</summary>
internal static class Generators
{
    /// <summary>Short texts with everything that addresses and escapes trip over.</summary>
    public static readonly Gen<string> AwkwardText =
        Gen.OneOf(Gen.Char["abc:,\\~!=&?#%+ /*\"'<>|\n{}[]"], Gen.Char['가', '힣'], Gen.Char['\u0020', '\u007e']).Array[0, 12].Select(c => new string(c));

    public static readonly Gen<string> FieldName = AwkwardText.Where(t => t.Trim().Length > 0);

    public static readonly Gen<SearchFilter> Filter = Gen.Select(FieldName, Condition(), Gen.Bool, Gen.Bool)
        .Select((field, with, negate, disabled) => with(new SearchFilter { Field = field, Negate = negate, Disabled = disabled }));

    private static Gen<Func<SearchFilter, SearchFilter>> Condition() => Gen.OneOf<Func<SearchFilter, SearchFilter>>(
        AwkwardText.Select(v => (Func<SearchFilter, SearchFilter>)(f => f with { Is = v })),
        AwkwardText.Array[1, 4].Select(v => (Func<SearchFilter, SearchFilter>)(f => f with { OneOf = v })),
        Gen.Bool.Select(v => (Func<SearchFilter, SearchFilter>)(f => f with { Exists = v })),
        Gen.Select(AwkwardText, AwkwardText).Select((a, b) => (Func<SearchFilter, SearchFilter>)(f => f with { Gte = a, Lt = b })),
        AwkwardText.Select(v => (Func<SearchFilter, SearchFilter>)(f => f with { Pattern = v })),
        AwkwardText.Select(v => (Func<SearchFilter, SearchFilter>)(f => f with { Gt = v })),
        AwkwardText.Select(v => (Func<SearchFilter, SearchFilter>)(f => f with { Lte = v })));
}
