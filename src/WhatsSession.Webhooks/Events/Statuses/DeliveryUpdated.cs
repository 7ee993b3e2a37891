using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Events;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>Meta reports the delivery status of a message of the business. The customer is its recipient.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status">Meta, read November 2025.</see>
/// </remarks>
public sealed class DeliveryUpdated : CustomerEvent
{
    // Meta has been seen to refuse messages whose customer had written moments before, and to accept them shortly after.
    private static readonly Duration DoubtfulEvidence = Duration.FromMinutes(5);

    // Kept bare, as in the base.
    private readonly CustomerId _participantPhone;
    private readonly CustomerId _participantBusinessScopedId;
    private readonly IntentId _intent;

    /// <summary>Meta's id of the message.</summary>
    public MessageId MessageId { get; init; }

    /// <summary>How far it has come. Statuses may come late and out of order.</summary>
    public DeliveryStatus Status { get; init; }

    /// <summary>The member of the group that the status is about, by phone number; null in a private conversation and when hidden.</summary>
    public CustomerId? ParticipantPhone
    {
        get => _participantPhone == default ? null : _participantPhone;
        init => _participantPhone = value.GetValueOrDefault();
    }

    /// <summary>The member of the group that the status is about, by business-scoped user id; null in a private conversation.</summary>
    public CustomerId? ParticipantBusinessScopedId
    {
        get => _participantBusinessScopedId == default ? null : _participantBusinessScopedId;
        init => _participantBusinessScopedId = value.GetValueOrDefault();
    }

    /// <summary>The hash of the recipient's encryption identity; null unless the number checks identities.</summary>
    public string? IdentityHash { get; init; }

    /// <summary>How Meta prices the message; null when the status does not say.</summary>
    public MessagePricing? Pricing { get; init; }

    /// <summary>Meta's older pricing object; null when the status has none.</summary>
    public BillingConversation? BillingConversation { get; init; }

    /// <summary>Why it failed; null unless <see cref="Status"/> is failed. The first of <see cref="Errors"/>.</summary>
    public GraphError? Error => Errors.Count > 0 ? Errors[0] : null;

    /// <summary>Every error that Meta names here, in Meta's order; usually one.</summary>
    /// <value>Empty when nothing failed.</value>
    public IReadOnlyList<GraphError> Errors { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "Errors is null."); } = [];

    /// <summary>Our id of the send; null when the message was not sent by this SDK.</summary>
    public IntentId? Intent
    {
        get => _intent == default ? null : _intent;
        init => _intent = value.GetValueOrDefault();
    }

    /// <summary>The caller's own data that was sent with the message; null when there was none.</summary>
    public string? CallbackData { get; init; }

    /// <summary>The customer's event that the guard relied on when the message was sent; 1970 when none was known or the message is not ours.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant Evidence { get; init; } = NodaConstants.UnixEpoch;

    /// <summary>Whether it reports that Meta refused a message of this SDK because the window is closed (131047).</summary>
    public bool IsRefusal =>
        Number is not null && Intent is not null && Lane == EventLane.Status && Status == DeliveryStatus.Failed
            && Error?.Code == GraphErrorCodes.ReEngagementRequired;

    /// <summary>
    /// Whether the refusal may be one that Meta itself takes back later: the customer had written less than five minutes before it. It depends only on the
    /// event, so that every host gets the same result.
    /// </summary>
    public bool IsDoubtful => Evidence > NodaConstants.UnixEpoch && Timestamp - Evidence < DoubtfulEvidence;

    /// <summary>The member of the group as the payload has it, valid or not. It is part of what makes statuses different.</summary>
    internal string Participant { get; init; } = "";

    internal override EventId Id => new(MessageId.Value, Participant.Length == 0 ? Status.Name ?? "" : $"{Status.Name}|{Participant}");

    internal override CustomerId? ContactPhone => Group is null ? Phone : ParticipantPhone;

    internal override CustomerId? ContactUser => Group is null ? BusinessScopedId : ParticipantBusinessScopedId;

    /// <inheritdoc />
    public override IdentityLink? Link => Group is null ? base.Link : null;

    /// <inheritdoc />
    public override MessageId? About => MessageId == default ? null : MessageId;
}
