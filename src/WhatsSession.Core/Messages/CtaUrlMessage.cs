using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A text with one button that opens a web page.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-cta-url-messages">Meta, read November 2025.</see>
/// </remarks>
public sealed record CtaUrlMessage : InteractiveMessage
{
    /// <summary>Makes the message.</summary>
    /// <param name="body">The text above the button: 1 to 1,024 characters.</param>
    /// <param name="button">The label of the button: 1 to 20 characters.</param>
    /// <param name="url">The page: an absolute http or https address.</param>
    public CtaUrlMessage(string body, string button, Uri url)
        : base(body)
    {
        Button = button;
        Url = url;
    }

    /// <summary>The part above the body.</summary>
    /// <value>Null by default: no header.</value>
    public MessageHeader? Header { get; init; }

    /// <summary>The label of the button.</summary>
    public string Button { get; init; }

    /// <summary>The page that it opens.</summary>
    public Uri Url { get; init; }

    /// <inheritdoc />
    public override string InteractiveKind => "cta_url";

    private protected override void Check(ref ViolationList violations)
    {
        base.Check(ref violations);
        Header?.Check(ref violations, "interactive.header");
        violations.Required("interactive.action.parameters.display_text", Button, 20);
        violations.WebAddress("interactive.action.parameters.url", Url);
    }
}
