using LogView.Client.Layout;

namespace LogView.Tests.Layout;

public class ThemeChoiceTests
{
    [Theory]
    [InlineData(null, "system", true)]
    [InlineData("system.light", "system", false)]
    [InlineData("system.dark", "system", true)]
    [InlineData("dark.dark", "dark", true)]
    [InlineData("light.light", "light", false)]
    [InlineData("light", "light", false)]
    [InlineData("pink.light", "system", false)]
    public void FromCookie_Value_IsReadOrIgnored(string? cookie, string choice, bool dark) =>
        Assert.Equal(new ThemeChoice(choice, dark), ThemeChoice.FromCookie(cookie));

    [Fact]
    public void Next_ThreeTimes_ComesRound()
    {
        var choice = new ThemeChoice("system", IsDark: true);

        Assert.Equal(["dark", "light", "system"], new[] { choice.Next(), (choice with { Choice = "dark" }).Next(), (choice with { Choice = "light" }).Next() });
    }
}
