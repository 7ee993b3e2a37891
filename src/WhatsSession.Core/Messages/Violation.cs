namespace WhatsSession;

/// <summary>One rule of the platform that a message breaks.</summary>
/// <param name="Path">Where in the request, such as <c>interactive.action.buttons[1].reply.title</c>.</param>
/// <param name="Rule">What is wrong and what would be right, in English; no text of the message in it.</param>
/// <remarks>Equality is by value.</remarks>
public sealed record Violation(string Path, string Rule)
{
    /// <summary>The limit that is exceeded or not reached, if the rule is one of size or number.</summary>
    public long? Limit { get; init; }

    /// <summary>The value that breaks it, in the unit of <see cref="Limit"/>.</summary>
    public long? Actual { get; init; }

    /// <summary>The path and the rule.</summary>
    public override string ToString() => $"{Path} {Rule}";
}
