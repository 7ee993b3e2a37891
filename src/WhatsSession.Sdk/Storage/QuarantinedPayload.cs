using NodaTime;

namespace WhatsSession;

/// <summary>A signed webhook that could not be read to its end, kept whole.</summary>
/// <remarks>Immutable. <see cref="ToString"/> is redacted.</remarks>
public sealed class QuarantinedPayload
{
    /// <summary>What identifies the payload: a hash of its bytes.</summary>
    public required EventKey Key { get; init; }

    /// <summary>When it was received.</summary>
    public required Instant ReceivedAt { get; init; }

    /// <summary>What was wrong with it; no content.</summary>
    public required string Reason { get; init; }

    /// <summary>The body as it arrived.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>A form for logs.</summary>
    public override string ToString() => FormattableString.Invariant($"Payload {Key} of {Payload.Length} bytes: {Reason}");

    /// <summary>The key under which a store keeps a payload, once however often it is delivered.</summary>
    public static EventKey KeyOf(ReadOnlySpan<byte> payload) => EventKey.OfContent("", EventLane.Account, "quarantine", payload);
}
