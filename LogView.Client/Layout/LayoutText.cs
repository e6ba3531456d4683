namespace LogView.Client.Layout;

/// <summary>Texts of the frame. The key is the English text; <c>LayoutText.ko.resx</c> has the Korean one.</summary>
public sealed class LayoutText;
