using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>Asks a customer who is known only by BSUID for the phone number. The answer comes as a contacts message.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids">Meta, read 7 May 2026.</see> That page names
/// the type <c>contact_request</c>, but the known clients send <see cref="DefaultWireKind"/>. Neither was checked against a live number, so you can set
/// <see cref="WireKind"/>.
/// </remarks>
public sealed record ContactInfoRequestMessage : InteractiveMessage
{
    /// <summary>The <c>interactive.type</c> that is sent unless <see cref="WireKind"/> is set.</summary>
    public const string DefaultWireKind = "request_contact_info";

    /// <summary>Makes the message.</summary>
    /// <param name="body">The text above the button: 1 to 1,024 characters.</param>
    public ContactInfoRequestMessage(string body)
        : base(body)
    {
    }

    /// <summary>The <c>interactive.type</c> on the wire.</summary>
    /// <value><see cref="DefaultWireKind"/> by default.</value>
    public string WireKind { get; init; } = DefaultWireKind;

    /// <inheritdoc />
    public override string InteractiveKind => WireKind;

    private protected override void Check(ref ViolationList violations)
    {
        base.Check(ref violations);
        violations.Required("interactive.type", WireKind);
    }
}
