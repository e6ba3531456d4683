namespace LogView.Client.Shared;

/// <summary>Texts of the shared components. The key is the English text; <c>SharedText.ko.resx</c> has the Korean one.</summary>
public sealed class SharedText;
