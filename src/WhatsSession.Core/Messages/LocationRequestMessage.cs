namespace WhatsSession;

/// <summary>A text with a button to share a location. The answer comes as a location message. It has no footer.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/location-request-messages">Meta, read November 2025.</see>
/// </remarks>
public sealed record LocationRequestMessage : InteractiveMessage
{
    /// <summary>Makes the message.</summary>
    /// <param name="body">The text above the button: 1 to 1,024 characters.</param>
    public LocationRequestMessage(string body)
        : base(body)
    {
    }

    /// <inheritdoc />
    public override string InteractiveKind => "location_request_message";

    private protected override bool MayHaveFooter => false;
}
