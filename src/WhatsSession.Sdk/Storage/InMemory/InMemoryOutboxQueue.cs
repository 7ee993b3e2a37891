namespace WhatsSession.Storage.InMemory;

/// <summary>What is dispatched one after the other: one side (messages, or statuses) of a conversation, else of a number, else of an account. Work of the SDK stands alone.</summary>
internal readonly record struct InMemoryOutboxQueue(string Owner, string Party, bool IsStatus)
{
    public static InMemoryOutboxQueue Of(StoredEvent stored)
    {
        var isStatus = stored.Lane == EventLane.Status;
        return stored switch
        {
            { WorkQueue: { } queue } => new(queue, "work", isStatus),
            { Conversation: { } conversation } => new(conversation.Number.Value, conversation.Party, isStatus),
            { Number: { } number } => new(number.Value, "", isStatus),
            _ => new(stored.Account.GetValueOrDefault().Value, "account", isStatus),
        };
    }
}
