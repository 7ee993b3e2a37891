namespace WhatsSession;

/// <summary>A call was set up on a number whose calls go over SIP. It opens no window. <see cref="CallConnected"/> and the statuses do.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/reference">Meta, read November 2026.</see></remarks>
public sealed class CallCreated : CallEvent
{
    private protected override string Part => "call_created";
}
