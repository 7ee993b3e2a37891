using System.CommandLine;

namespace WhatsSession.Tool.CommandLine;

/// <summary>A command whose help ends with a text of its own.</summary>
/// <param name="name">Its word on the command line.</param>
/// <param name="summary">One line for the list of commands.</param>
/// <param name="examples">What the help ends with.</param>
internal abstract class CommandWithExamples(string name, string summary, string examples) : Command(name, summary)
{
    public string Examples => examples;
}
