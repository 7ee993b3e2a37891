using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The rules of the guard: what may be sent in a conversation at a moment.</summary>
/// <remarks>Immutable and pure: the clock is always an argument. Equality is by value.</remarks>
public sealed record SendPolicy
{
    /// <summary>The policy with every default.</summary>
    public static SendPolicy Default { get; } = new();

    /// <summary>Whether the guard is on: whether session messages are refused without a request when the window is closed.</summary>
    /// <value>True by default. When false, only Meta decides.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>How long before the window closes the guard stops sending, so that no message arrives after it has closed.</summary>
    /// <value>60 seconds by default. Meta documents no margin; it checks the window by its own clock when it processes the send.</value>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Duration Margin { get; init; } = Duration.FromSeconds(60);

    /// <summary>How long before the window closes its state is <see cref="WindowState.Closing"/>.</summary>
    /// <value>1 hour by default.</value>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Duration ClosingLead { get; init; } = Duration.FromHours(1);

    /// <summary>What to do when the number has less than 24 hours of history and the conversation has no event.</summary>
    /// <value><see cref="GuardChoice.Send"/> by default.</value>
    public GuardChoice NoHistory { get; init; } = GuardChoice.Send;

    /// <summary>What to do when the store cannot be read.</summary>
    /// <value><see cref="GuardChoice.Refuse"/> by default.</value>
    public GuardChoice StoreUnavailable { get; init; } = GuardChoice.Refuse;

    /// <summary>Decides whether <paramref name="message"/> may be sent at <paramref name="now"/>. Template and direct-send messages need no window.</summary>
    public SendDecision Decide(ConversationSnapshot snapshot, Message message, Instant now)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(message);
        var facts = FactsOf(snapshot);
        return message is not SessionMessage || !Enabled
            ? SendDecision.Send(facts.LastInbound)
            : DecideSession(facts, StateOf(facts, now, out var remaining), remaining, now);
    }

    /// <summary>The customer service window at <paramref name="now"/>.</summary>
    public WindowStatus Window(ConversationSnapshot snapshot, Instant now)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return Window(FactsOf(snapshot), now);
    }

    /// <summary>The customer service window at <paramref name="now"/>, computed from facts.</summary>
    public WindowStatus Window(in WindowFacts facts, Instant now)
    {
        var state = StateOf(facts, now, out var remaining);
        var decision = DecideSession(facts, state, remaining, now);
        var maySend = !Enabled || decision.MaySend;
        return state is WindowState.Open or WindowState.Closing
            ? new WindowStatus(state, now + remaining, facts.LastInbound, maySend, remaining)
            : new WindowStatus(state, Until: null, decision.Since, maySend, Duration.Zero);
    }

    /// <summary>Suggests what to do to keep in touch with a customer.</summary>
    /// <param name="snapshot">What is known about the conversation.</param>
    /// <param name="lead">How long before the window closes to ask: zero to 24 hours. One hour or more leaves the customer time to answer.</param>
    /// <param name="now">The moment.</param>
    /// <remarks>
    /// Only a message from the customer keeps a window open: what the business sends never does. So a question that is easy to answer, asked in time, is all
    /// that helps. Ask it only where the customer expects more from you.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lead"/> is out of its range.</exception>
    public ReengagementSuggestion SuggestReengagement(ConversationSnapshot snapshot, Duration lead, Instant now)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (lead < Duration.Zero || lead > CustomerServiceWindow.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(lead), lead, "The lead time must be zero to 24 hours: a window is not open for longer.");
        }

        // The account may not answer, which is what a message in an open window does; templates still go outside of one.
        var window = Window(snapshot, now);
        if (window.IsOpen && snapshot.Restriction is { } restriction && restriction.IsInForce(now))
        {
            return new ReengagementSuggestion(ReengagementAction.None, ReengagementReason.Restricted, window.Until);
        }

        return window.State switch
        {
            WindowState.Unknown => default,
            WindowState.NeverOpened => new(ReengagementAction.SendTemplate, ReengagementReason.NeverOpened, ClosesAt: null),
            WindowState.Closed => new(ReengagementAction.SendTemplate, ReengagementReason.WindowClosed, ClosesAt: null),
            _ when window.Remaining <= Margin => new(ReengagementAction.SendTemplate, ReengagementReason.WindowClosed, window.Until),
            _ when window.Remaining > lead => new(ReengagementAction.None, ReengagementReason.TimeLeft, window.Until),
            _ when snapshot.State.AwaitsReply => new(ReengagementAction.AskQuestion, ReengagementReason.CustomerWaits, window.Until),
            _ => new(ReengagementAction.AskQuestion, ReengagementReason.CustomerSilent, window.Until),
        };
    }

    /// <inheritdoc cref="SuggestReengagement(ConversationSnapshot, Duration, Instant)" />
    public ReengagementSuggestion SuggestReengagement(ConversationSnapshot snapshot, TimeSpan lead, Instant now) =>
        SuggestReengagement(snapshot, Duration.FromTimeSpan(lead), now);

    private SendDecision DecideSession(in WindowFacts facts, WindowState state, Duration remaining, Instant now)
    {
        if (facts.Restriction is { } restriction && restriction.IsInForce(now))
        {
            return SendDecision.Refuse(WindowClosedReason.Restricted);
        }

        switch (state)
        {
            case WindowState.Unknown when !facts.StoreAvailable || remaining == Duration.Zero:
                var choice = facts.StoreAvailable ? NoHistory : StoreUnavailable;
                return choice == GuardChoice.Send ? SendDecision.Send(evidence: null) : SendDecision.Refuse(WindowClosedReason.Unknown);
            case WindowState.NeverOpened:
                return SendDecision.Refuse(WindowClosedReason.NeverOpened);
            case WindowState.Closed:
                var closed = facts.LastInbound is { } last ? CustomerServiceWindow.ClosesAt(last) : (Instant?)null;
                return closed <= now ? SendDecision.Refuse(WindowClosedReason.Expired, closed) : SendDecision.Refuse(WindowClosedReason.Denied);
            default:
                // Doubt refuses nothing: the message goes by what is known, and its refusal says more.
                return remaining > Margin ? SendDecision.Send(facts.LastInbound) : SendDecision.Refuse(WindowClosedReason.Margin);
        }
    }

    /// <param name="facts">What is known.</param>
    /// <param name="now">The moment.</param>
    /// <param name="remaining">How long the window stays open by the last customer event, although it is doubted too; zero when it is not.</param>
    private WindowState StateOf(in WindowFacts facts, Instant now, out Duration remaining)
    {
        remaining = Duration.Zero;
        if (!facts.StoreAvailable)
        {
            return WindowState.Unknown;
        }

        if (facts.IsDenied)
        {
            return WindowState.Closed;
        }

        if (facts.LastInbound is not { } opened)
        {
            return facts.HistorySince is { } since && now >= CustomerServiceWindow.ClosesAt(since) ? WindowState.NeverOpened : WindowState.Unknown;
        }

        remaining = CustomerServiceWindow.ClosesAt(opened) - now;
        if (remaining <= Duration.Zero)
        {
            remaining = Duration.Zero;
            return WindowState.Closed;
        }

        return facts.IsDoubted ? WindowState.Unknown
            : remaining <= ClosingLead ? WindowState.Closing
            : WindowState.Open;
    }

    private static WindowFacts FactsOf(ConversationSnapshot snapshot) =>
        WindowFacts.Of(snapshot.State, snapshot.HistorySince, snapshot.Restriction) with { StoreAvailable = snapshot.StoreAvailable };
}
