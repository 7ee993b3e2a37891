using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>A customer answered whether the business may call.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/user-call-permissions">Meta, read November 2025.</see>
/// </remarks>
public sealed class CallPermissionReplied : MessageReceived
{
    /// <summary>The answer.</summary>
    public CallPermissionAnswer Response { get; init; }

    /// <summary>Whether the permission is valid until it is withdrawn.</summary>
    public bool IsPermanent { get; init; }

    /// <summary>When a temporary permission ends; null when there is none.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? ExpiresAt { get; init; }

    /// <summary>The origin of the answer.</summary>
    public CallPermissionSource Source { get; init; }
}
