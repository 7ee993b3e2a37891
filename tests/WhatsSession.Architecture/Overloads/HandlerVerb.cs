namespace WhatsSession.Architecture.Overloads;

/// <summary>A method of the builder that registers handlers, in all its forms.</summary>
/// <param name="Name">Its name.</param>
/// <param name="File">What its generated file is named after.</param>
/// <param name="Event">The type of the event, which is a type parameter when <see cref="Constraint"/> is set.</param>
/// <param name="What">What a handler is called for, in words.</param>
/// <param name="Again">What it may be called for again.</param>
internal sealed record HandlerVerb(string Name, string File, string Event, string What, string Again)
{
    /// <summary>The base type of the type parameter; null when the event's type is fixed.</summary>
    public string? Constraint { get; init; }

    /// <summary>What the documentation says of the type parameter.</summary>
    public string? TypeText { get; init; }

    /// <summary>Whether the handler may be given a name.</summary>
    public bool Named { get; init; } = true;

    /// <summary>Whether it may be given a filter.</summary>
    public bool Filtered { get; init; }

    /// <summary>The parameters that stand before the handler, each with its documentation; one set for each form.</summary>
    public IReadOnlyList<HandlerArgument?> Arguments { get; init; } = [null];

    /// <summary>What a handler without a parameter before it is called for; null for the same as the others.</summary>
    public string? Bare { get; init; }

    /// <summary>The private method that they all call.</summary>
    public string Target { get; init; } = "Add";
}
