using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The parts of an event that a store must keep, so that <see cref="WebhookReader.Restore"/> can make the event again.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct KeptEvent
{
    /// <summary>The identity by which redeliveries are recognised.</summary>
    public required EventKey Key { get; init; }

    /// <summary>The stream it belongs to.</summary>
    public required EventLane Lane { get; init; }

    /// <summary>The webhook field it arrived under.</summary>
    public required string Field { get; init; }

    /// <summary>The business number, if the payload named one.</summary>
    public PhoneNumberId? Number { get; init; }

    /// <summary>The WhatsApp Business Account, if the payload named one.</summary>
    public BusinessAccountId? Account { get; init; }

    /// <summary>When it happened.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public required Instant Timestamp { get; init; }

    /// <summary>Its own slice of the payload as UTF-8 JSON.</summary>
    [JsonConverter(typeof(JsonContentConverter))]
    public required ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>The customer's contact from the same payload as UTF-8 JSON; empty when there was none.</summary>
    [JsonConverter(typeof(JsonContentConverter))]
    public ReadOnlyMemory<byte> Contact { get; init; }

    /// <summary>A form for logs: no content.</summary>
    public override string ToString() => $"{Lane} event {Key}";
}
