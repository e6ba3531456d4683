namespace LogView.Client.Discover;

/// <summary>Texts of Discover. The key is the English text; <c>DiscoverText.ko.resx</c> has the Korean one.</summary>
public sealed class DiscoverText;
