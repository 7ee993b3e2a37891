using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>A status that a message reached.</summary>
/// <param name="Status">The status.</param>
/// <param name="At">When the message first reached it: the earliest timestamp.</param>
/// <remarks>Equality is by value.</remarks>
public readonly record struct DeliveryMark(DeliveryStatus Status, [property: JsonConverter(typeof(JsonTimeConverter))] Instant At);
