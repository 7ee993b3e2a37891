namespace WhatsSession;

/// <summary>A session message that the customer answers by tapping.</summary>
public abstract record InteractiveMessage : SessionMessage
{
    /// <summary>The most characters a text header or a footer may have: 60.</summary>
    public const int MaximumHeaderLength = 60;

    private protected InteractiveMessage(string body) => Body = body;

    /// <summary>The text above the buttons.</summary>
    public string Body { get; init; }

    /// <summary>A small text below the body: 1 to 60 characters.</summary>
    /// <value>Null by default: no footer.</value>
    public string? Footer { get; init; }

    /// <inheritdoc />
    public override string Kind => "interactive";

    /// <summary>Meta's word for the kind of interaction: <c>interactive.type</c> on the wire.</summary>
    public abstract string InteractiveKind { get; }

    private protected abstract int MaximumBodyLength { get; }

    private protected override void Check(ref ViolationList violations)
    {
        violations.Required("interactive.body.text", Body, MaximumBodyLength);
        violations.Optional("interactive.footer.text", Footer, MaximumHeaderLength);
    }
}
