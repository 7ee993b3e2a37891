namespace WhatsSession;

/// <summary>A store that tells what the guard asks for without a snapshot: synchronously, and allocating nothing.</summary>
internal interface IWindowSource
{
    /// <summary>Reads the facts that decide about a window: those of <see cref="IWhatsSessionStore.ReadAsync"/>.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="place">Where it was found before, to find it faster; <c>default</c> at first.</param>
    /// <param name="state">The joined facts.</param>
    /// <param name="number">What goes for the business number.</param>
    /// <returns>False when more is known than fits here: <see cref="IWhatsSessionStore.ReadAsync"/> tells.</returns>
    bool TryRead(ConversationKey conversation, ref WindowPlace place, out ConversationState state, out NumberFacts number);
}
