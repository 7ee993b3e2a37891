using NodaTime;

namespace WhatsSession.Storage;

/// <summary>
/// Chooses the identifier of a customer under which an alert is raised: the one with the latest event. If several have the same event, it is the greatest by
/// ordinal comparison. So there is only one alert, whichever row was due.
/// </summary>
public sealed class AlertHolder
{
    /// <summary>Starts with the identifier whose row was due. It stays the holder if no row has an event.</summary>
    public AlertHolder(ConversationKey asked) => Conversation = asked;

    /// <summary>The identifier that holds the alert.</summary>
    public ConversationKey Conversation { get; private set; }

    /// <summary>The facts, joined.</summary>
    public ConversationState State { get; private set; }

    /// <summary>When the customer is to be checked next: the earliest of its identifiers. Null for not at all, or when nobody asked.</summary>
    public Instant? CheckAt { get; private set; }

    /// <summary>Adds the facts of one of the customer's identifiers, and when that one is to be checked. The order does not matter.</summary>
    public void Add(ConversationKey member, ConversationState state, Instant? checkAt)
    {
        CheckAt = CheckAt <= checkAt ? CheckAt : checkAt ?? CheckAt;
        Add(member, state);
    }

    /// <summary>Adds the facts of one of the customer's identifiers. The order does not matter.</summary>
    public void Add(ConversationKey member, ConversationState state)
    {
        if (state.LastInbound is { } last
            && (State.LastInbound is not { } latest || last > latest || (last == latest && string.CompareOrdinal(member.Party, Conversation.Party) > 0)))
        {
            Conversation = member;
        }

        State = ConversationState.Join(State, state);
    }
}
