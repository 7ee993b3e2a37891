using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>A signed webhook that could not be read completely. All of it is kept.</summary>
/// <remarks>Immutable. <see cref="ToString"/> is redacted.</remarks>
public sealed class QuarantinedPayload
{
    /// <summary>What identifies the payload: a hash of its bytes.</summary>
    public required EventKey Key { get; init; }

    /// <summary>When it was received.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public required Instant ReceivedAt { get; init; }

    /// <summary>What was wrong with it; no content.</summary>
    public required string Reason { get; init; }

    /// <summary>The body as it arrived.</summary>
    [JsonConverter(typeof(JsonContentConverter))]
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Whether the payload names a customer or a group: as a whole identifier, not as a part of a longer one.</summary>
    /// <param name="conversation">The conversation, by the identifier that is looked for.</param>
    public bool Names(ConversationKey conversation)
    {
        var name = System.Text.Encoding.UTF8.GetBytes(conversation.Customer?.Value ?? conversation.Group?.Value ?? conversation.Party);
        var payload = Payload.Span;
        for (var from = 0; payload[from..].IndexOf(name) is >= 0 and var found; from += found + 1)
        {
            var (start, end) = (from + found, from + found + name.Length);
            if ((start == 0 || !char.IsAsciiLetterOrDigit((char)payload[start - 1]))
                && (end == payload.Length || !char.IsAsciiLetterOrDigit((char)payload[end])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A form for logs.</summary>
    public override string ToString() => FormattableString.Invariant($"Payload {Key} of {Payload.Length} bytes: {Reason}");

    /// <summary>The key under which a store keeps a payload, once however often it is delivered.</summary>
    public static EventKey KeyOf(ReadOnlySpan<byte> payload) => EventKey.OfContent("", EventLane.Account, "quarantine", payload);
}
