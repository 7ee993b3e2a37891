using System.Collections.Concurrent;
using WhatsSession.Storage;

namespace WhatsSession.Sending;

/// <summary>One who waits for a customer's message, and what this process has accepted meanwhile.</summary>
internal sealed class ReplyWait(PhoneNumberId number)
{
    private readonly ConcurrentQueue<StoredEvent> _accepted = new();
    private volatile TaskCompletionSource _news = New();

    /// <summary>The business number it is sent to.</summary>
    public PhoneNumberId Number => number;

    /// <summary>Ends when something is accepted after this was asked for.</summary>
    public Task News => _news.Task;

    /// <summary>Tells of a message to the number, whoever wrote it.</summary>
    public void Tell(StoredEvent stored)
    {
        _accepted.Enqueue(stored);
        var news = _news;
        _news = New();
        news.TrySetResult();
    }

    /// <summary>The messages that it was told of.</summary>
    public IEnumerable<MessageId?> Told => _accepted.Select(static stored => stored.Message);

    /// <summary>The message as this process accepted it; null when another host did.</summary>
    public MessageReceived? Find(MessageId message) =>
        _accepted.FirstOrDefault(stored => stored.Message == message) is { } stored ? WebhookReader.Restore(stored.ToKept()) as MessageReceived : null;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
