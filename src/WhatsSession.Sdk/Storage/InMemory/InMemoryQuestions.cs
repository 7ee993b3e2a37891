using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>
/// Asks the planners about a window that a new event of the customer finds at its end, or with its alerts raised: see <see cref="AlertQuestion"/>.
/// </summary>
/// <param name="state">The store, under its gate.</param>
/// <param name="own">What the host plans that brings the event.</param>
/// <param name="now">The moment.</param>
internal readonly ref struct InMemoryQuestions(InMemoryState state, IReadOnlyCollection<PlannedAlert> own, Instant now)
{
    private readonly AlertDelays _delays = state.Alerts.Delays(own, now);

    /// <summary>How long after a customer's event the first alert is due that any host plans; null for none.</summary>
    public Duration? FirstCheck => _delays.Least;

    /// <summary>Asks, if there is something to ask. It is called before the event is noted. Without a question it allocates nothing.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="inbound">The new event; null for none.</param>
    /// <param name="checkAt">When to look for its alerts; null when it plans none.</param>
    public void Ask(ConversationKey conversation, Instant? inbound, Instant? checkAt)
    {
        if (!_delays.Ask || checkAt is null || inbound is not { } at || _delays.Least is not { } least || !MayBeCalledFor(conversation, at, least))
        {
            return;
        }

        var holder = state.Conversations.ReadHolder(conversation);
        if (holder.State.LastInbound is { } before && AlertQuestion.IsCalledFor(before, at, holder.CheckAt, least))
        {
            var after = ConversationState.Join(holder.State, new ConversationState(at, denied: null));
            state.Inbox.Enqueue(
                AlertQuestion.Of(new AlertCheck(holder.Conversation, holder.State, after, holder.CheckAt, now), state.Alerts.Read(own, now)));
        }
    }

    // The row, or two that are linked, tell of nearly all events that there is nothing to ask: they come before the first alert, or long after the last.
    private bool MayBeCalledFor(ConversationKey conversation, Instant at, Duration least)
    {
        var place = default(WindowPlace);
        if (!state.Windows.TryReadPair(conversation, ref place, default(NoPause), out var pair))
        {
            return false;
        }

        return !pair.IsWhole
            || (WindowSeconds.ToInstant(pair.Window.LastInbound) is { } before
                && AlertQuestion.IsCalledFor(before, at, state.Windows.CheckAt(conversation, in pair), least));
    }
}
