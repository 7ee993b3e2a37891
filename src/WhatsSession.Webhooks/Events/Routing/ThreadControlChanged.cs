namespace WhatsSession;

/// <summary>Another partner or Meta's agent took over the conversation with a customer, or gave it up.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messaging_handovers">Meta, read August 2026.</see>
/// </remarks>
public sealed class ThreadControlChanged : CustomerEvent
{
    /// <summary>What happened.</summary>
    public ThreadControl Kind { get; init; }

    /// <summary>The role that controlled the thread until now; empty when absent.</summary>
    public ThreadRole PreviousRole { get; init; }

    /// <summary>The role that controls it from now on; empty when absent.</summary>
    public ThreadRole NewRole { get; init; }

    /// <summary>The app that controlled it until now; null when absent.</summary>
    public string? PreviousAppId { get; init; }

    /// <summary>The role of that app; null when absent.</summary>
    public string? PreviousAppRole { get; init; }

    /// <summary>The data that the previous app passed on, up to 2,000 characters; null when absent.</summary>
    public string? Metadata { get; init; }

    /// <summary>The summary of the conversation by Meta's agent; null when absent.</summary>
    public string? Summary { get; init; }

    /// <summary>The business number as it is shown; null when absent.</summary>
    public string? DisplayPhoneNumber { get; init; }
}
