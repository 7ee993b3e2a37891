namespace WhatsSession.Tool;

/// <summary>A command of the tool.</summary>
/// <param name="Name">Its word on the command line.</param>
/// <param name="Summary">One line for the list of commands.</param>
/// <param name="RunAsync">Takes the arguments behind the word and returns the exit code.</param>
internal sealed record Command(string Name, string Summary, Func<IReadOnlyList<string>, Task<int>> RunAsync);
