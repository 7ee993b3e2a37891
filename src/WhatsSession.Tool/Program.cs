using System.CommandLine;
using System.CommandLine.Help;
using WhatsSession.Tool.CommandLine;
using WhatsSession.Tool.Emulate;
using WhatsSession.Tool.Replay;

namespace WhatsSession.Tool;

internal static class Program
{
    // A FILE may be called @x or -hx.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    private static readonly InvocationConfiguration Invocation = new()
    {
        EnableDefaultExceptionHandler = false,

        // Whoever asks an emulator to stop waits no longer than this for what it has begun.
        ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
    };

    private static async Task<int> Main(string[] args)
    {
        // No RootCommand: it takes its name from the file that runs, and [words] for directives.
        var root = new Command("whatssession", "The command of WhatsSession.")
        {
            new EmulateCommand(),
            new ReplayCommand(),
            new HelpOption("--help", "-h") { Action = new HelpWithExamples() },
            new VersionOption(),
        };
        var result = root.Parse(args, Parsing);
        try
        {
            return result.Action is not { ClearsParseErrors: true } && Mistakes.Of(result, args) is { Count: > 0 } mistakes
                ? throw new UsageException(string.Join(Environment.NewLine, mistakes))
                : await result.InvokeAsync(Invocation).ConfigureAwait(false);
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine(e.Message);
            Console.Error.WriteLine(result.CommandResult.Command == root
                ? $"{root.Name} --help shows the commands."
                : $"{root.Name} {result.CommandResult.Command.Name} --help shows the options.");
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Failed;
        }
    }
}
