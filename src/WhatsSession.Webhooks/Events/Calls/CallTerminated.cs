using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>A call ended or was missed.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/reference">Meta, read November 2025.</see></remarks>
public sealed class CallTerminated : CallEvent
{
    /// <summary>How it ended.</summary>
    public CallStatus Status { get; init; }

    /// <summary>When it was accepted, to the second; null when it was not accepted.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? StartedAt { get; init; }

    /// <summary>When it ended, to the second; null when it never began.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? EndedAt { get; init; }

    /// <summary>How long it was, in whole seconds; null when it never began.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Duration? Length { get; init; }

    private protected override string Part => "terminate";
}
