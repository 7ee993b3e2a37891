namespace WhatsSession;

/// <summary>The transcript of a call can be downloaded.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/reference">Meta, read November 2026.</see></remarks>
public sealed class CallTranscriptAvailable : CallEvent
{
    /// <summary>The transcript; null when absent.</summary>
    public CallMedium? Transcript { get; init; }

    private protected override string Part => $"call_transcription_available|{Transcript?.MediaId}";
}
