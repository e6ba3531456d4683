using System.Reflection;
using System.Text;
using LogView.Server.Hosting.Options;

namespace LogView.Server.Hosting.Starting;

public static class HelpText
{
    private const int NameColumn = 30;

    public static string Version => typeof(HelpText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static string Write()
    {
        StringBuilder text = new();
        text.AppendLine("LogView takes in logs, keeps them and lets people search and watch them in a browser.");
        text.AppendLine();
        text.AppendLine("  logview [options]                 serve");
        text.AppendLine("  logview sign-in-link [--data …]   print a new one-time sign-in link of the LogView that uses the data folder");
        text.AppendLine("  logview check|repair [--data …]   work on a stopped store; for the embedded engine, not in this version yet");
        text.AppendLine();
        foreach (Option option in OptionTable.All)
        {
            text.Append("  ").Append($"{option.Name ?? option.Environment} {option.Value}".PadRight(NameColumn)).AppendLine(option.Meaning);
            if (option is { Name: not null, Environment: not null })
            {
                text.Append("  ").Append(' ', NameColumn).Append("Environment: ").AppendLine(option.Environment);
            }
        }

        text.AppendLine();
        text.Append("The command line wins over the environment, the environment over the file.");
        return text.ToString();
    }
}
