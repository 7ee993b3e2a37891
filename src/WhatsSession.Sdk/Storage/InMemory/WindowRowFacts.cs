using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>The facts of a row, as <see cref="WindowSeconds"/>.</summary>
/// <param name="LastInbound">See <see cref="ConversationState.LastInbound"/>.</param>
/// <param name="Denied">See <see cref="ConversationState.Denied"/>.</param>
/// <param name="Answered">See <see cref="ConversationState.Answered"/>.</param>
/// <param name="Flags">What more there is.</param>
internal readonly record struct WindowRowFacts(uint LastInbound, uint Denied, uint Answered, WindowFlags Flags)
{
    /// <summary>
    /// See <see cref="ConversationState.IsDenied"/>: a denial without any inbound known has the evidence 1970, and an inbound lifts what it is later than.
    /// </summary>
    public bool IsDenied => Denied != WindowSeconds.None && Math.Max(LastInbound, WindowSeconds.Of(NodaConstants.UnixEpoch)) <= Denied;

    public static WindowRowFacts Of(in ConversationState state) =>
        new(WindowSeconds.Of(state.LastInbound), WindowSeconds.Of(state.Denied), WindowSeconds.Of(state.Answered), WindowFlags.None);

    public ConversationState ToState() =>
        new(WindowSeconds.ToInstant(LastInbound), WindowSeconds.ToInstant(Denied)) { Answered = WindowSeconds.ToInstant(Answered) };
}
