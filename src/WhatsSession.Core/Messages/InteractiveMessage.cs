using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A session message that the customer answers by tapping.</summary>
public abstract record InteractiveMessage : SessionMessage
{
    /// <summary>The maximum length of a text header or a footer: 60 characters.</summary>
    public const int MaximumHeaderLength = 60;

    private protected InteractiveMessage(string? body) => Body = body;

    /// <summary>The text above the buttons. It is required, except for the kinds that say otherwise.</summary>
    public string? Body { get; init; }

    /// <summary>A small text below the body: 1 to 60 characters. Location requests, carousels and call permission requests have none.</summary>
    /// <value>Null by default: no footer.</value>
    public string? Footer { get; init; }

    /// <inheritdoc />
    public override string Kind => "interactive";

    /// <summary>Meta's word for the kind of interaction: <c>interactive.type</c> in the request.</summary>
    public abstract string InteractiveKind { get; }

    private protected virtual int MaximumBodyLength => 1024;

    private protected virtual bool NeedsBody => true;

    private protected virtual bool MayHaveFooter => true;

    private protected override void Check(ref ViolationList violations)
    {
        if (NeedsBody)
        {
            violations.Required("interactive.body.text", Body, MaximumBodyLength);
        }
        else
        {
            violations.Optional("interactive.body.text", Body, MaximumBodyLength);
        }

        if (MayHaveFooter)
        {
            violations.Optional("interactive.footer.text", Footer, MaximumHeaderLength);
        }
        else if (Footer is not null)
        {
            violations.Add("interactive.footer", "is not allowed for this kind of message");
        }
    }
}
