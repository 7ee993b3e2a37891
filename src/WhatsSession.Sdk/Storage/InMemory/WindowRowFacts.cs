using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>The facts of a row, as <see cref="WindowSeconds"/>.</summary>
/// <param name="LastInbound">See <see cref="ConversationState.LastInbound"/>.</param>
/// <param name="Denied">See <see cref="ConversationState.Denied"/>.</param>
/// <param name="Answered">Of <see cref="ConversationState.Answers"/> those by the authors that the flags name.</param>
/// <param name="Flags">What more there is.</param>
internal readonly record struct WindowRowFacts(uint LastInbound, uint Denied, uint Answered, WindowFlags Flags)
{
    /// <summary>
    /// See <see cref="ConversationState.IsDenied"/>: a denial without any inbound known has the evidence 1970, and an inbound lifts what it is later than.
    /// </summary>
    public bool IsDenied => Denied != WindowSeconds.None && Math.Max(LastInbound, WindowSeconds.Of(NodaConstants.UnixEpoch)) <= Denied;

    /// <summary>Whether the row moved, or went, while it was read.</summary>
    public bool HaveMoved => LastInbound == WindowSeconds.Moved || Denied == WindowSeconds.Moved || Answered == WindowSeconds.Moved;

    /// <summary>What a row has of a state's facts.</summary>
    /// <param name="state">The state.</param>
    /// <param name="answerer">Whose answers the row has; null for nobody's.</param>
    public static WindowRowFacts Of(in ConversationState state, AuthorKind? answerer = null) =>
        new(
            WindowSeconds.Of(state.LastInbound),
            WindowSeconds.Of(state.Denied),
            answerer is { } kind ? WindowSeconds.Of(state.Answers.Of(kind)) : WindowSeconds.None,
            WindowFlags.None);

    /// <summary>What two rows of one customer tell of the window: the later of each time. Of answers nothing.</summary>
    public static WindowRowFacts JoinWindow(in WindowRowFacts left, in WindowRowFacts right) =>
        new(Math.Max(left.LastInbound, right.LastInbound), Math.Max(left.Denied, right.Denied), WindowSeconds.None, WindowFlags.None);

    public ConversationState ToState()
    {
        var state = new ConversationState(WindowSeconds.ToInstant(LastInbound), WindowSeconds.ToInstant(Denied));
        return Answerers.Of(Flags) is { } kind ? state with { Answers = AnswerTimes.By(kind, WindowSeconds.ToInstant(Answered)) } : state;
    }
}
