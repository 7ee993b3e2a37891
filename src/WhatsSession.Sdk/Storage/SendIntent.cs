using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession.Storage;

/// <summary>One message to send. It is stored before the request is written, so that a status can complete a send whose answer was lost.</summary>
/// <remarks>Immutable. <see cref="ToString"/> is redacted.</remarks>
public sealed class SendIntent
{
    // Kept bare: there is one intent in memory for every send of eight days.
    private readonly MessageId _replyTo;
    private readonly long _evidence = long.MinValue;
    private readonly long _createdAt;
    private readonly object? _seen;
    private long _saveToken;

    /// <summary>Its id, which is part of the message's callback data.</summary>
    public required IntentId Id { get; init; }

    /// <summary>The conversation.</summary>
    public required ConversationKey Conversation { get; init; }

    /// <summary>The message.</summary>
    [JsonConverter(typeof(MessageJsonConverter<Message>))]
    public required Message Message { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "Message is null."); }

    /// <summary>The customer's last qualifying event that the guard relied on, in whole seconds; null when none was known.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? Evidence
    {
        get => _evidence == long.MinValue ? null : Instant.FromUnixTimeSeconds(_evidence);
        init => _evidence = value?.ToUnixTimeSeconds() ?? long.MinValue;
    }

    /// <summary>When it was stored: the later of the host's time and Meta's time, in ticks of 100 ns.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public required Instant CreatedAt
    {
        get => Instant.FromUnixTimeTicks(_createdAt);
        init => _createdAt = value.ToUnixTimeTicks();
    }

    /// <summary>The template message to send when Meta refuses this one because the window is closed.</summary>
    /// <value>Null by default: none.</value>
    [JsonConverter(typeof(MessageJsonConverter<TemplateMessage>))]
    public TemplateMessage? Fallback { get; init; }

    /// <summary>A key that tells which fallbacks are the same.</summary>
    /// <value>Null by default: the template and its parameters.</value>
    public string? FallbackKey { get; init; }

    /// <summary>What happens to the message if the window is closed.</summary>
    /// <value><see cref="WhenReopened.Discard"/> by default.</value>
    public WhenReopened WhenReopened
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value), "WhenReopened is null.");
    } = WhenReopened.Discard;

    /// <summary>The message that this one answers.</summary>
    /// <value>Null by default.</value>
    public MessageId? ReplyTo
    {
        get => _replyTo == default ? null : _replyTo;
        init => _replyTo = value.GetValueOrDefault();
    }

    /// <summary>The caller's own data.</summary>
    /// <value>Null by default.</value>
    public string? CallbackData { get; init; }

    /// <summary>The identity that the customer must still have.</summary>
    /// <value>Null by default.</value>
    public string? IdentityKeyHash { get; init; }

    /// <summary>
    /// A random number that identifies the run that saves the send. Several runs may save the same send, for example runs of one handler on two hosts. After a
    /// failure of the store a run saves the send again with the same token, and it makes the request if the send was already saved with this token. A run with
    /// another token does not.
    /// </summary>
    /// <value>0 by default: none. A store keeps it with the state and need not return it.</value>
    [JsonIgnore]
    public long SaveToken
    {
        get => _saveToken;
        init => _saveToken = value;
    }

    /// <summary>
    /// The point up to which the sender knew what the customer said. What follows from the send goes only if nothing newer is known. Null for no check.
    /// </summary>
    internal InboundPoint? Seen
    {
        get => (InboundPoint?)_seen;
        init => _seen = value;
    }

    /// <summary>Makes an intent again from what a store kept. Its message is a <see cref="RawMessage"/>, or has its content as JSON.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="conversation">Its conversation.</param>
    /// <param name="content">What <see cref="WriteContent"/> gave.</param>
    /// <param name="details">What <see cref="WriteDetails"/> gave.</param>
    /// <param name="evidence">Its evidence.</param>
    /// <param name="createdAt">When it was stored.</param>
    /// <exception cref="System.Text.Json.JsonException">The JSON is not what this type writes.</exception>
    public static SendIntent Restore(
        IntentId id, ConversationKey conversation, ReadOnlyMemory<byte> content, ReadOnlyMemory<byte> details, Instant? evidence, Instant createdAt) =>
        StoredContent.Restore(id, conversation, content, details, evidence, createdAt);

    /// <summary>All other data that a store keeps of it, as UTF-8 JSON; empty for a session message that was sent without options.</summary>
    public byte[] WriteDetails() => StoredContent.WriteDetails(this);

    /// <summary>
    /// The message as the JSON body of a send without recipient and callback data, for stores that keep bytes. It is written again at each call.
    /// </summary>
    public byte[] WriteContent() => MessageJson.Write(Message);

    /// <summary>The same send, saved by a run.</summary>
    internal SendIntent SavedBy(long token)
    {
        var copy = (SendIntent)MemberwiseClone();
        copy._saveToken = token;
        return copy;
    }

    /// <summary>A form for logs.</summary>
    public override string ToString() => $"intent {Id}";
}
