using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>
/// The copies of messages that the business sent in another way. One that turns out to be of a send of the store's own counts for nothing, whichever of the two
/// became known first.
/// </summary>
internal sealed class InMemoryCopies(
    InMemoryTime time, InMemoryLog log, InMemoryWindows windows, InMemoryIdentities identities, InMemorySends sends)
{
    private readonly InMemoryDays<(PhoneNumberId Number, MessageId Message), InMemoryLogLine> _lines = new(time);
    private bool _any;

    /// <summary>Notes the line of a copy in the history.</summary>
    public void Add(StoredEvent copy, InMemoryLogLine line)
    {
        _any = true;
        _lines.Set((copy.Number!.Value, copy.Message!.Value), line, copy.ReceivedAt);
    }

    /// <summary>Looks whether the copy of a message is of a send, after more became known of sends.</summary>
    public void LookAgain(PhoneNumberId number, MessageId message)
    {
        if (_any && _lines.TryGet((number, message), out var line) && !line.IsRemoved && IsOwn(line))
        {
            TakeBack(line);
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
            while (log.FindNewest([member], Retention.Since(now), line => line.IsCopy && IsOwn(line)) is { } line)
            {
                TakeBack(line);
            }
        }
    }

    public void Forget() => _lines.Forget();

    private bool IsOwn(InMemoryLogLine copy) =>
        copy.MessageId is { } message && sends.IsOwn(identities.ReadEveryone(copy.Conversation), message, copy.At - IngestPlan.LongestSend);

    private void TakeBack(InMemoryLogLine line)
    {
        log.Drop(line);
        if (line.Answers && windows.Read(line.Conversation).Echoed == line.At)
        {
            var before = log.FindNewest([line.Conversation], since: null, static other => other.Answers);
            windows.SetEchoed(line.Conversation, before?.At);
        }
    }
}
