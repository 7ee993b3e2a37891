using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Accepting;

/// <summary>What an event says beside opening a window.</summary>
internal static class FactsReader
{
    /// <param name="read">The event.</param>
    /// <param name="at">Its time, clamped.</param>
    /// <param name="answers">Whether a copy of a message of the business counts as an answer.</param>
    /// <returns>Null when it says nothing more, as most do.</returns>
    public static EventFacts? Read(WhatsAppEvent read, Instant at, bool answers) => read switch
    {
        DeliveryUpdated { Lane: EventLane.Status } status => OfStatus(status, at),
        StandbyDeliveryUpdated { Delivery: var status } when IsRefusalOfAnother(status) => new EventFacts { State = new ConversationState { Doubted = at } },

        // A template answers nothing, as ours do not; nor does what is done to an earlier message.
        MessageEchoed { Message: not (TemplateEchoed or MessageEdited or MessageRevoked) } when answers =>
            new EventFacts { State = new ConversationState { Echoed = at } },
        SystemReceived { Notice.Name: "user_changed_user_id" or "user_changed_number" } notice => OfChange(notice),
        MessageReceived { Lane: EventLane.Live, Referral.Source.Name: "ad" } =>
            new EventFacts { State = new ConversationState { FreeEntry = new FreeEntryPoint(at, firstReply: null, statedEnd: null) } },
        UserIdUpdated { PreviousBusinessScopedId: { } previous, BusinessScopedId: { } current } => OfRotation(previous, current),
        AccountUpdated { Event.Name: "ACCOUNT_RESTRICTION" } account => OfRestriction(account, at),
        _ => null,
    };

    private static EventFacts OfStatus(DeliveryUpdated status, Instant at)
    {
        var statedEnd = status.BillingConversation is { Origin.Name: "referral_conversion", ExpiresAt: { } end } ? end : (Instant?)null;
        return new EventFacts
        {
            Delivery = MessageDelivery.Of(status.Status, at, status.Error),
            Intent = status.Intent,
            State = new ConversationState(lastInbound: null, denied: status.IsRefusal && !status.IsDoubtful ? status.Evidence : null)
            {
                FreeEntry = new FreeEntryPoint(click: null, firstReply: null, statedEnd),
                Doubted = IsRefusalOfAnother(status) ? at : null,
            },
        };
    }

    /// <summary>
    /// Whether Meta refused, because the window is closed, what another system or the thin client sent: it carries no evidence of ours.
    /// </summary>
    private static bool IsRefusalOfAnother(DeliveryUpdated status) =>
        status is { Intent: null, Error.Code: GraphErrorCodes.ReEngagementRequired } && status.Status == DeliveryStatus.Failed;

    // The sender may be named by the new user id already; then the former one stands in the notice.
    private static EventFacts? OfChange(SystemReceived notice) =>
        (notice.PreviousBusinessScopedId ?? notice.BusinessScopedId) is { } previous && (notice.NewBusinessScopedId ?? notice.BusinessScopedId) is { } current
            ? OfRotation(previous, current)
            : null;

    private static EventFacts? OfRotation(CustomerId previous, CustomerId current) =>
        previous.IsBusinessScoped && current.IsBusinessScoped && previous != current
            ? new EventFacts { Rotation = new IdentityRotation(previous, current) }
            : null;

    private static EventFacts OfRestriction(AccountUpdated account, Instant at)
    {
        var restriction = account.Restrictions.FirstOrDefault(static one => one.Kind == RestrictionKind.CustomerInitiatedMessaging);
        return new EventFacts { Restriction = new MessagingRestriction(at, restriction is not null, restriction?.ExpiresAt) };
    }
}
