namespace WhatsSession;

/// <summary>
/// A call begins: a customer calls, or a call by the business is being set up. A customer's call opens the customer service window, answered or not.
/// </summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/reference">Meta, read November 2025.</see></remarks>
public sealed class CallConnected : CallEvent
{
    /// <summary>Whether <see cref="SessionDescription"/> is an <c>offer</c> or an <c>answer</c>; null when there is none.</summary>
    public string? SessionKind { get; init; }

    /// <summary>The session description (SDP, RFC 8866); null when there is none.</summary>
    public string? SessionDescription { get; init; }

    /// <summary>The payload of the call button that was tapped; null when none was.</summary>
    public string? ButtonPayload { get; init; }

    /// <summary>The payload of the call link that was followed; null when none was.</summary>
    public string? LinkPayload { get; init; }

    private protected override string Part => "connect";

    /// <inheritdoc />
    public override CustomerEventKind? Opener => Direction == CallDirection.UserInitiated ? CustomerEventKind.IncomingCall : null;
}
