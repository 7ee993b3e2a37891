namespace WhatsSession.Emulator;

/// <summary>An approved message template that the emulator knows.</summary>
public sealed record EmulatedTemplate
{
    /// <summary>The template's name: lower case letters, digits and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>The language code, such as <c>en_US</c>.</summary>
    public required string Language { get; init; }

    /// <summary>How many parameters the body takes; a send with another count is refused with 132000.</summary>
    /// <value>Default 0.</value>
    public int BodyParameters { get; init; }

    /// <summary><c>UTILITY</c>, <c>MARKETING</c> or <c>AUTHENTICATION</c>: decides the price in status webhooks.</summary>
    /// <value>Default <c>UTILITY</c>.</value>
    public string Category { get; init; } = "UTILITY";

    /// <summary>The labels of the quick reply buttons, in order; their default payload is the label.</summary>
    /// <value>Default none.</value>
    public IReadOnlyList<string> QuickReplies { get; init; } = [];
}
