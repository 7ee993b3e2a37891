namespace WhatsSession;

/// <summary>Somebody did something with a marketing message that went through the Marketing Messages API. Meta does not say who.</summary>
/// <remarks>
/// It arrives under the field <c>messages</c>.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/marketing-messages">Meta, read November 2026.</see>
/// </remarks>
public sealed class UserActionReported : WhatsAppEvent
{
    /// <summary>What was done.</summary>
    public UserAction Action { get; init; }

    /// <summary>What was tapped: <c>cta</c> or <c>body</c>; null when absent, as on a view of the page.</summary>
    public string? Component { get; init; }

    /// <summary>The product; null when none was given with the message.</summary>
    public string? ProductId { get; init; }

    /// <summary>Meta's id of the click, which is also in the address that was opened; null when absent.</summary>
    public string? ClickId { get; init; }

    /// <summary>The id that a click and the view of its page share; null when absent.</summary>
    public string? TrackingToken { get; init; }
}
