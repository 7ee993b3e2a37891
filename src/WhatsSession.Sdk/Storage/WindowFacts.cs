namespace WhatsSession;

/// <summary>The facts of a row, as <see cref="WindowSeconds"/>.</summary>
/// <param name="LastInbound">See <see cref="ConversationState.LastInbound"/>.</param>
/// <param name="Denied">See <see cref="ConversationState.Denied"/>.</param>
/// <param name="Answered">See <see cref="ConversationState.Answered"/>.</param>
/// <param name="Flags">What more there is.</param>
internal readonly record struct WindowFacts(uint LastInbound, uint Denied, uint Answered, WindowFlags Flags)
{
    public static WindowFacts Of(in ConversationState state) =>
        new(WindowSeconds.Of(state.LastInbound), WindowSeconds.Of(state.Denied), WindowSeconds.Of(state.Answered), WindowFlags.None);

    public ConversationState ToState() =>
        new(WindowSeconds.ToInstant(LastInbound), WindowSeconds.ToInstant(Denied)) { Answered = WindowSeconds.ToInstant(Answered) };
}
