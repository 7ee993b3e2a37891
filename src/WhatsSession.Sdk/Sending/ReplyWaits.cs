using System.Collections.Concurrent;
using NodaTime;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession.Sending;

/// <summary>
/// Those who wait for a customer's next message. What this process accepts wakes them at once, so a handler that waits holds up nothing;
/// what other hosts accept is found by looking.
/// </summary>
/// <remarks>The history decides whose message it is, so that a customer may answer under another identifier than the one that was asked for.</remarks>
internal sealed class ReplyWaits(IConversationStore store, TimeProvider clock)
{
    // More than a customer writes between two looks.
    private const int Looked = 20;
    private const int MostAwaited = 1000;

    private static readonly Duration JustSent = Duration.FromMinutes(1);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<ReplyWait, bool> _waits = new();
    private readonly ConcurrentQueue<MessageId> _awaited = new();

    /// <summary>Tells of messages that the store has now.</summary>
    public void Tell(IReadOnlyList<StoredEvent> events)
    {
        if (_waits.IsEmpty)
        {
            return;
        }

        foreach (var stored in events)
        {
            if (stored is { Lane: EventLane.Live, Number: { } number, Message: not null })
            {
                foreach (var wait in _waits.Keys)
                {
                    if (wait.Number == number)
                    {
                        wait.Tell(stored);
                    }
                }
            }
        }
    }

    /// <summary>Whether somebody in this process waited for the message and got it.</summary>
    public bool WasAwaited(MessageId message) => !_awaited.IsEmpty && _awaited.Contains(message);

    /// <summary>
    /// Waits for the customer's answer to what the business has just sent; where it has sent nothing, for the first message that comes from now on.
    /// </summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="handled">The message that the caller handles: it and those before it are no answers. Null outside a handler.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when the time was over.</returns>
    public async Task<MessageReceived?> WaitAsync(
        ConversationKey conversation, MessageId? handled, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, clock);
        var wait = new ReplyWait(conversation.Number);
        _waits.TryAdd(wait, value: true);
        try
        {
            var known = KnownBefore(await ReadAsync(conversation, cancellationToken).ConfigureAwait(false), handled);

            // Accepted since it waits, and before that look.
            known.ExceptWith(wait.Told);
            while (true)
            {
                // Asked for before the look, so that no message falls between the two.
                var news = wait.News;
                var lines = await ReadAsync(conversation, cancellationToken).ConfigureAwait(false);
                if (lines.LastOrDefault(line => line is { IsInbound: true, MessageId: { } id } && !known.Contains(id) && !WasAwaited(id)) is { } line)
                {
                    var id = line.MessageId.GetValueOrDefault();
                    Note(id);
                    return wait.Find(id) ?? Restore(conversation, id, line);
                }

                if (limit.IsCancellationRequested)
                {
                    return null;
                }

                using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
                await news.WaitAsync(PollInterval, TimeProvider.System, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            _waits.TryRemove(wait, out _);
        }
    }

    private static MessageReceived? Restore(ConversationKey conversation, MessageId id, LoggedMessage line) =>
        WebhookReader.Restore(new KeptEvent
        {
            Key = EventKey.Of(conversation.Number.Value, EventLane.Live, id.Value),
            Lane = EventLane.Live,
            Field = "messages",
            Number = conversation.Number,
            Timestamp = line.At,
            Raw = line.Json,
        }) as MessageReceived;

    private ValueTask<IReadOnlyList<LoggedMessage>> ReadAsync(ConversationKey conversation, CancellationToken cancellationToken) =>
        store.ReadLogAsync(conversation, before: null, Looked, cancellationToken);

    /// <summary>The customer's messages that are no answers: a customer may be quicker with one than the caller is with its wait.</summary>
    private HashSet<MessageId?> KnownBefore(IReadOnlyList<LoggedMessage> newestFirst, MessageId? handled)
    {
        var justSent = clock.GetInstant() - JustSent;
        var answers = newestFirst.TakeWhile(static line => line.IsInbound).TakeWhile(line => handled is null || line.MessageId != handled).Count();
        var isAsked = answers < newestFirst.Count && newestFirst[answers] is { IsInbound: false } sent && sent.At >= justSent;
        return [.. newestFirst.Skip(isAsked ? answers : 0).Where(static line => line.IsInbound).Select(static line => line.MessageId)];
    }

    private void Note(MessageId message)
    {
        _awaited.Enqueue(message);
        while (_awaited.Count > MostAwaited)
        {
            _awaited.TryDequeue(out _);
        }
    }
}
