using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession.Storage;

/// <summary>A customer's event as a point in its conversation, to ask whether anything newer is known.</summary>
/// <param name="At">When it happened, to the second.</param>
/// <param name="Message">
/// Its message; null for an event that is no message. Several messages of one second are told apart by the order of their arrival.
/// </param>
/// <remarks>Equality is by value. <see cref="ToString"/> is redacted.</remarks>
public readonly record struct InboundPoint([property: JsonConverter(typeof(JsonTimeConverter))] Instant At, MessageId? Message)
{
    /// <summary>A form for logs: without the message, whose id contains the phone number.</summary>
    public override string ToString() => nameof(InboundPoint);
}
