using System.Reflection;
using WhatsSession.Tool.CommandLine;
using WhatsSession.Tool.Emulate;
using WhatsSession.Tool.Replay;

namespace WhatsSession.Tool;

internal static class Program
{
    private static readonly Command[] Commands =
    [
        new(EmulateCommand.Name, "Meta's side of the WhatsApp Business Platform on this machine.", EmulateCommand.RunAsync),
        new(ReplayCommand.Name, "Posts captured webhooks to an app again, signed.", ReplayCommand.RunAsync),
    ];

    private static string Usage => $"""
        whatssession <command> [options]

        {string.Join('\n', Commands.Select(static c => $"  {c.Name,-12}{c.Summary}"))}

        whatssession <command> --help shows the options of a command, whatssession --version the version.
        """;

    private static string Version =>
        typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static async Task<int> Main(string[] args)
    {
        if (args is ["--help" or "-h"])
        {
            Console.WriteLine(Usage);
            return ExitCode.Done;
        }

        if (args is ["--version"])
        {
            Console.WriteLine(Version);
            return ExitCode.Done;
        }

        if (args is [var name, .. var rest] && Array.Find(Commands, c => string.Equals(c.Name, name, StringComparison.Ordinal)) is { } command)
        {
            return await command.RunAsync(rest).ConfigureAwait(false);
        }

        var names = string.Join(", ", Commands.Select(static c => c.Name));
        Console.Error.WriteLine(args is [var unknown, ..] ? $"'{unknown}' is not a command: use {names}." : $"A command is missing: use {names}.");
        Console.Error.WriteLine(Usage);
        return ExitCode.Usage;
    }
}
