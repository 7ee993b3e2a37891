using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>A session message that is kept until the customer's answer reopens the window.</summary>
/// <remarks>Immutable. <see cref="ToString"/> is redacted.</remarks>
public sealed class HeldMessage
{
    private readonly Instant? _refusedAt;

    /// <summary>The send that it will become. Its id is the one in <see cref="SendOutcome.WindowClosed.HeldMessage"/>.</summary>
    public required SendIntent Intent { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "Intent is null."); }

    /// <summary>When it expires (exclusive).</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public required Instant ExpiresAt { get; init; }

    /// <summary>
    /// When it was refused: the earlier of the host's time and Meta's time, as for an erasure. Nothing is held for a customer who was erased after that.
    /// Stores need not keep it.
    /// </summary>
    /// <value><see cref="SendIntent.CreatedAt"/> by default.</value>
    [JsonIgnore]
    public Instant RefusedAt
    {
        get => _refusedAt ?? Intent.CreatedAt;
        init => _refusedAt = value;
    }

    /// <summary>Its id.</summary>
    public IntentId Id => Intent.Id;

    /// <summary>The work to put into the outbox when the customer opens the window.</summary>
    /// <param name="inbound">The customer's event that opens it. Each event starts the work once.</param>
    public StoredEvent ToRelease(Instant inbound) => EngineWork.ToEvent(Intent, EngineWork.Release, inbound, dueAt: null, message: null);

    /// <summary>
    /// The work to put into the outbox when the message is held although its customer has already written: the event was not known when the message was
    /// refused.
    /// </summary>
    /// <param name="state">What is known about the customer when the message is held.</param>
    /// <param name="seen">The latest customer event that was known when the message was refused; null when none was.</param>
    /// <returns>Null when there was no such event, or Meta has refused another message after it.</returns>
    public StoredEvent? ToReleaseAtOnce(ConversationState state, Instant? seen)
    {
        var facts = WindowFacts.Of(state, historySince: null, restriction: null);
        return facts is { LastInbound: { } inbound, IsDenied: false } && !(inbound <= seen) ? ToRelease(inbound) : null;
    }

    /// <summary>The work to put into the outbox when the message is held; it is due at the moment of expiry.</summary>
    public StoredEvent ToExpiry() => EngineWork.ToEvent(Intent, EngineWork.Expire, ExpiresAt, ExpiresAt, message: null);

    /// <summary>A form for logs.</summary>
    public override string ToString() => $"held message {Id}";
}
