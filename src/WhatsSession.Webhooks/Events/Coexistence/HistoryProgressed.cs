namespace WhatsSession;

/// <summary>A part of the history has arrived.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/history">Meta, read November 2025.</see>
/// </remarks>
public sealed class HistoryProgressed : WhatsAppEvent
{
    /// <summary>0: the first day. 1: up to 90 days. 2: up to 180 days. Null when absent.</summary>
    public long? Phase { get; init; }

    /// <summary>The number of the part; parts may arrive out of order. Null when absent.</summary>
    public long? Part { get; init; }

    /// <summary>How much has been sent, in percent; null when absent.</summary>
    public long? Percent { get; init; }
}
