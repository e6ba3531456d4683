using LogView.Client.Language;

namespace LogView.Tests.Language;

public sealed class FieldRenamingTests
{
    [Theory]
    [InlineData("levle: error", "log.level: error")]
    [InlineData("levle : (error or fatal) and not levle:debug", "log.level : (error or fatal) and not log.level:debug")]
    [InlineData("levle >= 3 or x.levle: 1", "log.level >= 3 or x.levle: 1")]
    [InlineData("\"levle: error\" and levle: \"levle: x\"", "\"levle: error\" and log.level: \"levle: x\"")]
    [InlineData("_exists_:levle AND levles:1", "_exists_:log.level AND levles:1")]
    [InlineData("levle", "levle")]
    [InlineData("(levle:*)", "(log.level:*)")]
    public void Rename_Field_ChangesItWhereAFieldStands(string query, string expected) => Assert.Equal(expected, FieldRenaming.Rename(query, "levle", "log.level"));

    [Fact]
    public void Rename_NameWithSigns_IsTakenAsItIs() => Assert.Equal("log.level: 1 and aXb: 2", FieldRenaming.Rename("a.b: 1 and aXb: 2", "a.b", "log.level"));
}
