using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A text with a button to call the business number on WhatsApp.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/call-button-messages-deep-links">Meta,
/// read November 2025.</see>
/// </remarks>
public sealed record VoiceCallMessage : InteractiveMessage
{
    /// <summary>Makes the message.</summary>
    /// <param name="body">The text above the button: 1 to 1,024 characters.</param>
    /// <param name="button">The label of the button: 1 to 20 characters.</param>
    public VoiceCallMessage(string body, string button)
        : base(body) => Button = button;

    /// <summary>The label of the button.</summary>
    public string Button { get; init; }

    /// <summary>For how many minutes the button works: 1 to 43,200.</summary>
    /// <value>Null by default: 10,080, which is seven days.</value>
    public int? TtlMinutes { get; init; }

    /// <summary>Your own data of 1 to 512 characters. It comes with the call.</summary>
    /// <value>Null by default.</value>
    public string? Payload { get; init; }

    /// <inheritdoc />
    public override string InteractiveKind => "voice_call";

    private protected override void Check(ref ViolationList violations)
    {
        base.Check(ref violations);
        violations.Required("interactive.action.parameters.display_text", Button, 20);
        CheckCall(ref violations, "interactive.action.parameters", TtlMinutes, Payload);
    }

    internal static void CheckCall(ref ViolationList violations, in FieldPath path, int? ttlMinutes, string? payload)
    {
        if (ttlMinutes is { } minutes)
        {
            violations.Between(path + ".ttl_minutes", minutes, 1, 43200, " minutes");
        }

        violations.Optional(path + ".payload", payload, 512);
    }
}
