using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>A template was reviewed, paused, disabled or deleted.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/message_template_status_update">Meta,
/// read November 2025.</see>
/// </remarks>
public sealed class TemplateStatusChanged : TemplateEvent
{
    /// <summary>What it is now.</summary>
    public TemplateStatus Status { get; init; }

    /// <summary>Its category; null when absent.</summary>
    public TemplateCategory? Category { get; init; }

    /// <summary>Why, such as <c>INVALID_FORMAT</c>; null when the payload has none.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was disabled; null when it was not.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? DisabledAt { get; init; }

    /// <summary>What happened, such as <c>FIRST_PAUSE</c>; null when absent.</summary>
    public string? NoteTitle { get; init; }

    /// <summary>What happened, in words; null when absent.</summary>
    public string? NoteText { get; init; }

    /// <summary>Why it was rejected, in words; null when it was not.</summary>
    public string? RejectionReason { get; init; }

    /// <summary>What Meta advises to change; null when absent.</summary>
    public string? Recommendation { get; init; }
}
