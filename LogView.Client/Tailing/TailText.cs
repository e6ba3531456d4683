namespace LogView.Client.Tailing;

/// <summary>Texts of Live tail. The key is the English text; <c>TailText.ko.resx</c> has the Korean one.</summary>
public sealed class TailText;
