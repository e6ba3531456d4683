namespace LogView.Client.SignIn;

/// <summary>Texts of the sign-in page. The key is the English text; <c>SignInText.ko.resx</c> has the Korean one.</summary>
public sealed class SignInText;
