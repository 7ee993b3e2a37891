namespace WhatsSession.Architecture.Overloads;

/// <summary>A parameter that stands before the handler.</summary>
/// <param name="Declaration">Type and name.</param>
/// <param name="Text">What the documentation says of it.</param>
/// <param name="Passed">What is handed on for it.</param>
/// <param name="Exception">What the documentation says of a wrong value.</param>
internal sealed record HandlerArgument(string Declaration, string Text, string Passed, string Exception = "")
{
    /// <summary>A second parameter beside it, with its text; null for none.</summary>
    public (string Declaration, string Text)? Second { get; init; }

    /// <summary>What it adds to the summary.</summary>
    public string Narrows { get; init; } = "";
}
