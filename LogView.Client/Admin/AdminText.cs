namespace LogView.Client.Admin;

/// <summary>Texts of the administration pages. The key is the English text; <c>AdminText.ko.resx</c> has the Korean one.</summary>
public sealed class AdminText;
