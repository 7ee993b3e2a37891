using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace WhatsSession.Tool.CommandLine;

/// <summary>The help that is made of a command's options, with the command's examples behind it.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _options = new();

    /// <summary>Help is shown whatever else stands on the command line.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        _options.Invoke(parseResult);
        if (parseResult.CommandResult.Command is CommandWithExamples command)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(command.Examples);
        }

        return ExitCode.Done;
    }
}
