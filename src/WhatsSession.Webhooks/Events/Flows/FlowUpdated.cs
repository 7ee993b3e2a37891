namespace WhatsSession;

/// <summary>A flow changed its status, or its client or endpoint fails too often or answers too slowly.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/flows">Meta, read November 2025.</see>
/// </remarks>
public sealed class FlowUpdated : WhatsAppEvent
{
    /// <summary>What happened.</summary>
    public FlowEvent Event { get; init; }

    /// <summary>Meta's id of the flow.</summary>
    public string FlowId { get; init; } = "";

    /// <summary>The event in words; null when absent.</summary>
    public string? Message { get; init; }

    /// <summary>The status until now; null unless it changed.</summary>
    public string? PreviousStatus { get; init; }

    /// <summary>The status from now on; null unless it changed.</summary>
    public string? CurrentStatus { get; init; }

    /// <summary>The state of the alert, such as ACTIVATED; null when absent.</summary>
    public string? AlertState { get; init; }

    /// <summary>The limit that the figure was compared with, in the unit of the figure; null when absent.</summary>
    public double? Threshold { get; init; }

    /// <summary>The share of failures in percent; null when absent.</summary>
    public double? ErrorRate { get; init; }

    /// <summary>The availability of the endpoint in percent; null when absent.</summary>
    public double? Availability { get; init; }

    /// <summary>The median latency in milliseconds; null when absent.</summary>
    public long? MedianLatency { get; init; }

    /// <summary>The 90th percentile of the latency in milliseconds; null when absent.</summary>
    public long? SlowLatency { get; init; }

    /// <summary>The number of requests behind the figure; null when absent.</summary>
    public long? Requests { get; init; }

    /// <summary>The warning in words; null when there is none.</summary>
    public string? Warning { get; init; }
}
