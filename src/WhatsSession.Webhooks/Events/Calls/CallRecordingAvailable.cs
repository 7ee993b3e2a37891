namespace WhatsSession;

/// <summary>The recording of a call can be downloaded.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/reference">Meta, read November 2026.</see></remarks>
public sealed class CallRecordingAvailable : CallEvent
{
    /// <summary>The recording; null when absent.</summary>
    public CallMedium? Recording { get; init; }

    private protected override string Part => $"call_recording_available|{Recording?.MediaId}";
}
