using NodaTime;

namespace WhatsSession;

/// <summary>The rules of the guard: what may be sent in a conversation at a moment.</summary>
/// <remarks>Immutable and pure: the clock is always an argument. Equality is by value.</remarks>
public sealed record SendPolicy
{
    /// <summary>The policy with every default.</summary>
    public static SendPolicy Default { get; } = new();

    /// <summary>Whether session messages are refused locally at all.</summary>
    /// <value>True by default. When false, Meta alone decides.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>How long before the window closes the guard stops sending, so that a message does not arrive after it.</summary>
    /// <value>60 seconds by default. Meta documents none; it evaluates on its own clock when it processes the send.</value>
    public Duration Margin { get; init; } = Duration.FromSeconds(60);

    /// <summary>How long before the window closes its state is <see cref="WindowState.Closing"/>.</summary>
    /// <value>1 hour by default.</value>
    public Duration ClosingLead { get; init; } = Duration.FromHours(1);

    /// <summary>What to do when the number has less than 24 hours of history and the conversation has no event.</summary>
    /// <value><see cref="GuardChoice.Send"/> by default.</value>
    public GuardChoice NoHistory { get; init; } = GuardChoice.Send;

    /// <summary>What to do when the store cannot be read.</summary>
    /// <value><see cref="GuardChoice.Refuse"/> by default.</value>
    public GuardChoice StoreUnavailable { get; init; } = GuardChoice.Refuse;

    /// <summary>Whether a window goes along with a customer whose user id was replaced, as by a change of number. Meta documents nothing; the history goes along in any case.</summary>
    /// <value>False by default.</value>
    public bool FollowUserIdChanges { get; init; }

    /// <summary>Decides whether <paramref name="message"/> may be sent at <paramref name="now"/>. Template and direct-send messages need no window.</summary>
    public SendDecision Decide(ConversationSnapshot snapshot, Message message, Instant now)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(message);
        var known = KnownOf(snapshot);
        return message is not SessionMessage || !Enabled ? SendDecision.Send(known.Inbound) : DecideSession(known, StateOf(known, now), now);
    }

    /// <summary>The customer service window at <paramref name="now"/>.</summary>
    public WindowStatus Window(ConversationSnapshot snapshot, Instant now)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return Window(KnownOf(snapshot), now);
    }

    /// <summary>The customer service window at <paramref name="now"/>, of facts that are not in a snapshot.</summary>
    /// <param name="state">See <see cref="ConversationSnapshot.State"/>.</param>
    /// <param name="historySince">See <see cref="ConversationSnapshot.HistorySince"/>.</param>
    /// <param name="restriction">See <see cref="ConversationSnapshot.Restriction"/>.</param>
    /// <param name="now">The moment.</param>
    /// <returns>What a snapshot of these facts without a <see cref="ConversationSnapshot.Former"/> gives.</returns>
    public WindowStatus Window(ConversationState state, Instant? historySince, MessagingRestriction? restriction, Instant now) =>
        Window(new Known(state, historySince, restriction), now);

    private WindowStatus Window(in Known known, Instant now)
    {
        var state = StateOf(known, now);
        var decision = DecideSession(known, state, now);
        var maySend = !Enabled || decision.MaySend;
        if (state is not (WindowState.Open or WindowState.Closing))
        {
            return new WindowStatus(state, Until: null, decision.Since, maySend, Duration.Zero);
        }

        var opened = known.Inbound!.Value;
        var closes = CustomerServiceWindow.ClosesAt(opened);
        return new WindowStatus(state, closes, opened, maySend, closes - now);
    }

    private SendDecision DecideSession(in Known known, WindowState state, Instant now)
    {
        if (known.Restriction is { } restriction && restriction.IsInForce(now))
        {
            return SendDecision.Refuse(WindowClosedReason.Restricted);
        }

        switch (state)
        {
            case WindowState.Unknown:
                var choice = known.StoreAvailable ? NoHistory : StoreUnavailable;
                return choice == GuardChoice.Send ? SendDecision.Send(evidence: null) : SendDecision.Refuse(WindowClosedReason.Unknown);
            case WindowState.NeverOpened:
                return SendDecision.Refuse(WindowClosedReason.NeverOpened);
            case WindowState.Closed:
                var closed = known.Inbound is { } last ? CustomerServiceWindow.ClosesAt(last) : (Instant?)null;
                return closed <= now ? SendDecision.Refuse(WindowClosedReason.Expired, closed) : SendDecision.Refuse(WindowClosedReason.Denied);
            default:
                var opened = known.Inbound!.Value;
                return CustomerServiceWindow.ClosesAt(opened) - now > Margin ? SendDecision.Send(opened) : SendDecision.Refuse(WindowClosedReason.Margin);
        }
    }

    private WindowState StateOf(in Known known, Instant now)
    {
        if (!known.StoreAvailable)
        {
            return WindowState.Unknown;
        }

        if (known.IsDenied)
        {
            return WindowState.Closed;
        }

        if (known.Inbound is not { } opened)
        {
            return known.HistorySince is { } since && now >= since + CustomerServiceWindow.Length ? WindowState.NeverOpened : WindowState.Unknown;
        }

        var remaining = CustomerServiceWindow.ClosesAt(opened) - now;
        return remaining <= Duration.Zero ? WindowState.Closed
            : remaining <= ClosingLead ? WindowState.Closing
            : WindowState.Open;
    }

    private Known KnownOf(ConversationSnapshot snapshot)
    {
        var state = FollowUserIdChanges && snapshot.Former is { } former ? ConversationState.Join(snapshot.State, former.State) : snapshot.State;
        return new Known(state, snapshot.HistorySince, snapshot.Restriction) { StoreAvailable = snapshot.StoreAvailable };
    }

    /// <summary>What decides.</summary>
    private readonly struct Known(in ConversationState state, Instant? historySince, MessagingRestriction? restriction)
    {
        /// <summary>The latest customer event. What was erased is as if it had never come.</summary>
        public Instant? Inbound { get; } = state.IsErased ? null : state.LastInbound;

        public bool IsDenied { get; } = state.IsDenied;

        public Instant? HistorySince { get; } = historySince;

        public MessagingRestriction? Restriction { get; } = restriction;

        public bool StoreAvailable { get; init; } = true;
    }
}
