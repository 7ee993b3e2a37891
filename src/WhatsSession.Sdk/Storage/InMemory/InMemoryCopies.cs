using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>
/// The copies of messages that the business sent in another way. One that turns out to be of a send of the store's own counts for nothing, whichever of the two
/// became known first.
/// </summary>
internal sealed class InMemoryCopies(
    InMemoryTime time, InMemoryLog log, InMemoryWindows windows, InMemoryIdentities identities, InMemorySends sends)
{
    // Ids alone: what a copy says is in the history, and goes with it.
    private readonly InMemoryDays<(PhoneNumberId Number, MessageId Message), Copy> _copies = new(time);
    private bool _any;

    /// <summary>Notes a copy, whose line is in the history.</summary>
    public void Add(StoredEvent stored, InMemoryLogLine line)
    {
        _any = true;
        _copies.Set((stored.Number!.Value, stored.Message!.Value), Copy.Of(line), stored.ReceivedAt);
    }

    /// <summary>Looks whether the copy of a message is of a send, after more became known of sends.</summary>
    public void LookAgain(PhoneNumberId number, MessageId message)
    {
        if (_any && _copies.TryGet((number, message), out var copy) && IsOwn(copy, message))
        {
            TakeBack(copy, message, LineOf(copy, message));
        }
    }

    /// <summary>Looks whether copies of a customer's conversation are of sends, after more became known of the customer's identifiers.</summary>
    public void LookAgain(ConversationKey conversation, Instant now)
    {
        if (!_any)
        {
            return;
        }

        foreach (var member in identities.ReadEveryone(conversation).ToArray())
        {
            while (log.FindNewest([member], Retention.Since(now), IsOwn) is { MessageId: { } message } line)
            {
                TakeBack(Copy.Of(line), message, line);
            }
        }
    }

    /// <summary>Removes the copies of a customer's conversation.</summary>
    public void Erase(ErasureScope scope) => _copies.RemoveAll((_, copy) => scope.Contains(copy.Conversation));

    public void Forget() => _copies.Forget();

    private bool IsOwn(InMemoryLogLine line) => line is { IsCopy: true, MessageId: { } message } && IsOwn(Copy.Of(line), message);

    private bool IsOwn(Copy copy, MessageId message) =>
        sends.IsOwn(identities.ReadEveryone(copy.Conversation), message, copy.At - IngestPlan.LongestSend);

    private InMemoryLogLine? LineOf(Copy copy, MessageId message) =>
        log.FindNewest([copy.Conversation], copy.At, line => line.IsCopy && line.MessageId == message);

    private void TakeBack(Copy copy, MessageId message, InMemoryLogLine? line)
    {
        _copies.Remove((copy.Conversation.Number, message));
        if (line is not null)
        {
            log.Drop(line);
        }

        if (copy.Answers && windows.Read(copy.Conversation).Echoed == copy.At)
        {
            windows.SetEchoed(copy.Conversation, NewestAnswer(copy.Conversation));
        }
    }

    /// <summary>The latest copy that counts as an answer: of the history, or of what it let go.</summary>
    private Instant? NewestAnswer(ConversationKey conversation) =>
        log.FindNewest([conversation], since: null, static line => line.Answers)?.At
        ?? _copies.Entries
            .Select(static entry => entry.Value)
            .Where(copy => copy.Answers && copy.Conversation == conversation)
            .Max(static copy => (Instant?)copy.At);

    private readonly record struct Copy(ConversationKey Conversation, Instant At, bool Answers)
    {
        public static Copy Of(InMemoryLogLine line) => new(line.Conversation, line.At, line.Answers);
    }
}
