using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>Removes a conversation from everywhere and leaves its tombstones.</summary>
internal static class InMemoryErasure
{
    public static void Erase(InMemoryState state, ConversationKey conversation, Instant at)
    {
        var scope = new ErasureScope(conversation, state.Identities.ReadErased(conversation));
        foreach (var member in scope.Members)
        {
            // The tombstone first: who finds no row asks without the gate whether there is any.
            state.Tombstones.Add(member.Number, member.Party, at);
            state.Windows.Remove(member);
        }

        state.Held.Erase(scope);
        state.Sequences.Erase(scope);
        state.Copies.Erase(scope);
        state.Sends.Erase(scope, state.Tombstones, at);
        state.Keys.Erase(scope);
        state.Fallbacks.Erase(scope);
        state.Inbox.Erase(scope);
        state.Identities.Remove(scope.Members);
    }
}
