namespace WhatsSession;

/// <summary>How far a call by the business has come. One that the customer accepts opens the customer service window.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/reference">Meta, read November 2025.</see></remarks>
public sealed class CallStatusUpdated : CallEvent
{
    /// <summary>How far it has come.</summary>
    public CallStatus Status { get; init; }

    private protected override string Part => Status.Name ?? "";

    /// <inheritdoc />
    public override CustomerEventKind? Opener => Status == CallStatus.Accepted ? CustomerEventKind.AcceptedCall : null;
}
