using LogView.Server.Accounts;
using LogView.Server.Accounts.SignIn;
using LogView.Server.Hosting.Options;

namespace LogView.Server.Hosting.Starting;

/// <summary>From the command line to the exit code.</summary>
public static class Starter
{
    public const int Done = 0;

    /// <summary>The machine does not let LogView start: folder or port taken.</summary>
    public const int CannotStart = 1;

    /// <summary>What was asked for cannot be understood.</summary>
    public const int BadOptions = 2;

    /// <summary>Builds the program from checked options; <see cref="Program.Build"/> outside of tests.</summary>
    public delegate WebApplication BuildServer(LogViewOptions options, StandardStreams streams);

    public static async Task<int> RunAsync(string[] args, IReadOnlyDictionary<string, string> environment, StandardStreams streams, BuildServer build)
    {
        CommandLine commandLine = CommandLine.Read(args);
        if (commandLine.Verb is Verb.Help or Verb.Version)
        {
            await streams.Output.WriteLineAsync(commandLine.Verb == Verb.Help ? HelpText.Write() : HelpText.Version);
            return Done;
        }

        OptionsResult result = OptionsReader.Read(commandLine, environment);
        if (result.Options is not { } options)
        {
            return await RefuseAsync(streams, result.Error!, BadOptions);
        }

        return commandLine.Verb switch
        {
            Verb.Check or Verb.Repair => await WorkOnStoreAsync(commandLine.Verb, options, streams),
            Verb.SignInLink => await PrintSignInLinkAsync(options, streams),
            _ => await ServeAsync(options, streams, build),
        };
    }

    private static async Task<int> WorkOnStoreAsync(Verb verb, LogViewOptions options, StandardStreams streams)
    {
        if (!Directory.Exists(options.DataFolder))
        {
            return await RefuseAsync(streams, $"there is no data folder '{options.DataFolder}': name the one to look at with --data", CannotStart);
        }

        using DataFolder? folder = DataFolder.TryTake(options.DataFolder, out string? error);
        if (folder is null)
        {
            return await RefuseAsync(streams, error!, CannotStart);
        }

        try
        {
            return verb == Verb.Check ? await StoreVerbs.CheckAsync(options, streams.Output) : await StoreVerbs.RepairAsync(options, streams.Output);
        }
        catch (IOException e)
        {
            return await RefuseAsync(streams, $"{verb.ToString().ToLowerInvariant()} could not go on: {e.Message}", CannotStart);
        }
    }

    private static async Task<int> ServeAsync(LogViewOptions options, StandardStreams streams, BuildServer build)
    {
        using DataFolder? folder = DataFolder.TryTake(options.DataFolder, out string? error);
        if (folder is null)
        {
            return await RefuseAsync(streams, error!, CannotStart);
        }

        PortsResult ports = Ports.Check(options);
        if (ports.Error is not null)
        {
            return await RefuseAsync(streams, ports.Error, CannotStart);
        }

        await using WebApplication app = build(ports.Options, streams);
        try
        {
            await app.RunAsync();
            return Done;
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            return await RefuseAsync(streams, e.Message, CannotStart);
        }
        catch (InvalidDataException e)
        {
            return await RefuseAsync(streams, e.Message, CannotStart);
        }
    }

    /// <summary>Whoever can write the data folder may sign in: the link goes through the accounts database, not through the network.</summary>
    private static async Task<int> PrintSignInLinkAsync(LogViewOptions options, StandardStreams streams)
    {
        SignInLinks? links = File.Exists(AccountsDatabase.PathIn(options.DataFolder))
            ? new SignInLinks(AccountsDatabase.OpenOrCreate(options.DataFolder), TimeProvider.System)
            : null;
        if (links?.Address is not { } address)
        {
            return await RefuseAsync(streams, $"no LogView has run on the data folder '{options.DataFolder}' yet: start one, or name its folder with --data", CannotStart);
        }

        await streams.Output.WriteLineAsync(SignInLinks.Link(address, links.NewToken()));
        return Done;
    }

    private static async Task<int> RefuseAsync(StandardStreams streams, string sentence, int exitCode)
    {
        await streams.Error.WriteLineAsync($"logview: {sentence}");
        return exitCode;
    }
}
