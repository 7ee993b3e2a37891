namespace WhatsSession.Storage.InMemory;

/// <summary>A store that tells what the guard asks for without a snapshot: synchronously, and allocating nothing.</summary>
internal interface IWindowSource
{
    /// <summary>Reads the facts that decide how a window stands, as they are in <see cref="IConversationStore.ReadAsync"/>.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="place">Where it was found before, to find it faster; <c>default</c> at first.</param>
    /// <param name="facts">The facts.</param>
    /// <returns>False when more is known than fits here: <see cref="IConversationStore.ReadAsync"/> tells.</returns>
    bool TryRead(ConversationKey conversation, ref WindowPlace place, out WindowFacts facts);
}
