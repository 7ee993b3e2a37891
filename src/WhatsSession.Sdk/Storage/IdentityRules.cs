using NodaTime;

namespace WhatsSession.Storage;

/// <summary>The rules that say which identifiers are one customer. Every store uses them.</summary>
/// <remarks>
/// <para>
/// Facts about identities are added and never removed, so the order in which they arrive does not matter. They are used in this order.
/// An <see cref="IdentityAlias"/> leads from a dialled number to its canonical form, when Meta named one form for it, and never named the dialled number itself
/// as a customer's number: as a sender (<see cref="NamesSender"/>), beside a BSUID (<see cref="IngestPlan.LinkOf"/>), or as the form of another number.
/// Otherwise the dialled number is not joined with another. So aliases never make a chain.
/// An <see cref="IdentityLink"/> leads from a phone to its customer. An <see cref="IdentityRotation"/> joins BSUIDs to one customer.
/// </para>
/// <para>
/// A phone number of two customers was recycled. Facts that are known only by the phone number belong to neither customer. They belong to the phone number
/// itself only if they are later than the latest of its links (<see cref="LaterThan"/>).
/// </para>
/// </remarks>
public static class IdentityRules
{
    /// <summary>The alias that the result of a send reports; null for none.</summary>
    public static IdentityAlias? AliasOf(in SendSettlement settlement) =>
        settlement is { Alias: { Dialled.IsPhone: true, Canonical.IsPhone: true } alias, Conversation.Customer: { } customer }
            && alias.Dialled == customer && alias.Canonical != customer ? alias : null;

    /// <summary>The alias that a status reports; null for none.</summary>
    /// <param name="sent">The conversation of the send that the status names by its intent.</param>
    /// <param name="status">The status.</param>
    public static IdentityAlias? AliasOf(ConversationKey sent, StoredEvent status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return sent.Customer is { IsPhone: true } dialled && sent.Number == status.Number && RecipientOf(status) is { IsPhone: true } named && named != dialled
            ? new IdentityAlias(dialled, named)
            : null;
    }

    /// <summary>Whether Meta names the phone of an event's conversation as that of the sender. What an application imports names nobody.</summary>
    public static bool NamesSender(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored.Conversation is { Party: [>= '0' and <= '9', ..] }
            && (stored.OpensWindow || (stored.Lane == EventLane.Live && IngestPlan.IsLogged(stored)));
    }

    /// <summary>What remains of a recycled phone's facts: those that are later than a time.</summary>
    /// <param name="state">The facts.</param>
    /// <param name="hiddenUntil">The latest of the times of the phone's links, inclusive; null when the phone was not recycled.</param>
    public static ConversationState LaterThan(in ConversationState state, Instant? hiddenUntil) =>
        hiddenUntil is not { } hidden
            ? state
            : new ConversationState(After(state.LastInbound, hidden), After(state.Denied, hidden))
            {
                Answers = After(state.Answers, hidden),
                Echoed = After(state.Echoed, hidden),
                Doubted = After(state.Doubted, hidden),
                Erased = state.Erased,
                FreeEntry = After(state.FreeEntry.Click, hidden) is null ? default : state.FreeEntry,
            };

    private static Instant? After(Instant? at, Instant hidden) => at > hidden ? at : null;

    private static AnswerTimes After(AnswerTimes answers, Instant hidden)
    {
        foreach (var kind in Enum.GetValues<AuthorKind>())
        {
            answers = answers.Of(kind) <= hidden ? answers.Without(kind) : answers;
        }

        return answers;
    }

    // A status that names the customer's BSUID too is of the conversation by BSUID, and its phone stands in the link.
    private static CustomerId? RecipientOf(StoredEvent status) => status.Link?.Phone ?? status.Conversation?.Customer;
}
