using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Clients;
using WhatsSession.Json;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// One message in a conversation's history: a customer's message, a message that the business sent, or the copy of a message that the business sent in another
/// way, such as in the phone app.
/// </summary>
/// <remarks>Immutable. <see cref="ToString"/> is redacted.</remarks>
public sealed class HistoryMessage
{
    private readonly HistoryContent _content;

    /// <summary>Makes one by hand from what a store keeps, for a test of a handler.</summary>
    /// <param name="logged">The message as a store keeps it.</param>
    public HistoryMessage(LoggedMessage logged)
        : this(logged, delivery: null)
    {
    }

    internal HistoryMessage(LoggedMessage logged, MessageDelivery? delivery)
    {
        ArgumentNullException.ThrowIfNull(logged);
        Direction = logged.IsInbound ? MessageDirection.Inbound : MessageDirection.Outbound;
        At = logged.At;
        MessageId = logged.MessageId;
        Intent = logged.Intent;
        State = logged.State;
        By = logged.By;
        Delivery = delivery;
        Json = logged.Json;
        _content = HistoryContent.Read(logged.Json);
    }

    /// <summary>Which side wrote it.</summary>
    public MessageDirection Direction { get; }

    /// <summary>Whether the customer wrote it; otherwise the business did.</summary>
    public bool IsInbound => Direction == MessageDirection.Inbound;

    /// <summary>When it was sent: the customer's timestamp, or the moment the business's message was handed over.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant At { get; }

    /// <summary>Meta's word for the kind of message, such as <c>text</c>, <c>image</c> or <c>template</c>; empty when its JSON names none.</summary>
    public string Kind => _content.Kind;

    /// <summary>
    /// The text that a person can read: the text, the caption, the title of the button or row that was tapped, the emoji of a reaction, or the name of a
    /// place. Null when there is none. A template has none here, because only Meta has its text; see <see cref="TemplateName"/>.
    /// </summary>
    public string? Text => _content.Text;

    /// <summary>The name of the template; null for everything else.</summary>
    public string? TemplateName => _content.TemplateName;

    /// <summary>The medium; null when it has none.</summary>
    public HistoryMedia? Media => _content.Media;

    /// <summary>Meta's id. Null for a message of the business that Meta has not accepted, or not yet.</summary>
    public MessageId? MessageId { get; }

    /// <summary>
    /// The delivery status of a message that Meta accepted from the business. Null for a customer's message, and for a message that was not accepted.
    /// </summary>
    public DeliveryStatus? Status => Delivery?.Status;

    /// <summary>All that the statuses have told, with times and errors. Null when <see cref="Status"/> is null.</summary>
    public MessageDelivery? Delivery { get; }

    /// <summary>Our id of a message that was sent; null for a customer's message and for a copy.</summary>
    public IntentId? Intent { get; }

    /// <summary>What is known of a message that was sent; null for a customer's message and for a copy.</summary>
    public IntentState? State { get; }

    /// <summary>
    /// Who wrote it (<see cref="SendOptions.By"/>), when Meta has accepted it from this SDK. Null for a customer's message, for a copy, and when the author is
    /// not known.
    /// </summary>
    public Author? By { get; }

    /// <summary>The message as UTF-8 JSON: its part of the webhook, or the content of the send.</summary>
    [JsonConverter(typeof(JsonContentConverter))]
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>A form for logs.</summary>
    public override string ToString() => $"{(IsInbound ? "inbound" : "outbound")} message";
}
