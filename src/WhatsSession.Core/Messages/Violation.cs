namespace WhatsSession;

/// <summary>One rule of the platform that a message breaks.</summary>
/// <param name="Path">The place in the request, such as <c>interactive.action.buttons[1].reply.title</c>.</param>
/// <param name="Rule">What is wrong and what is right, in English. It contains no text of the message.</param>
/// <remarks>Equality is by value.</remarks>
public sealed record Violation(string Path, string Rule)
{
    /// <summary>The limit, if the rule is about a size or a number.</summary>
    public long? Limit { get; init; }

    /// <summary>The value that breaks the limit, in the same unit.</summary>
    public long? Actual { get; init; }

    /// <summary>The path and the rule.</summary>
    public override string ToString() => $"{Path} {Rule}";
}
