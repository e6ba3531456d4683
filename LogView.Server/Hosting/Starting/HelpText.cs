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
        text.AppendLine("  logview check [--data …]          look for damage in the store of a LogView that is stopped; exit code 1 if there is any");
        text.AppendLine("  logview repair [--data …]         make damaged files whole again from what can be read of them; deletes nothing");
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
