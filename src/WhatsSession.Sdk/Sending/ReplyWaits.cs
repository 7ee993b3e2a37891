using System.Collections.Concurrent;
using NodaTime;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession.Sending;

/// <summary>
/// Those who wait for a customer's next message. What this process accepts ends their wait at once, so a handler that waits holds up nothing; what other
/// hosts accept, or what comes under another identifier of the customer, is found by looking into the history.
/// </summary>
internal sealed class ReplyWaits(IConversationStore store, TimeProvider clock)
{
    // More than a customer writes between two looks.
    private const int Looked = 20;
    private const int MostAwaited = 1000;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    // What the history has of former days may come into it while one waits, when identifiers turn out to be of one customer. Clocks differ by no more.
    private static readonly Duration Tolerance = Duration.FromMinutes(2);

    private readonly ConcurrentDictionary<ReplyWait, bool> _waits = new();
    private readonly ConcurrentDictionary<MessageId, bool> _awaited = new();
    private readonly ConcurrentQueue<MessageId> _awaitedInOrder = new();

    /// <summary>Tells of messages that the store has now.</summary>
    public void Tell(IReadOnlyList<StoredEvent> events)
    {
        if (_waits.IsEmpty)
        {
            return;
        }

        foreach (var stored in events)
        {
            if (stored is { Lane: EventLane.Live, Message: { } message })
            {
                Tell(stored, message);
            }
        }
    }

    /// <summary>Whether somebody in this process waited for the message and got it.</summary>
    public bool WasAwaited(MessageId message) => _awaited.ContainsKey(message);

    /// <summary>Waits for the first message after the one that is handled; outside a handler for the first that comes from now on.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="handled">The message that the caller handles; null outside a handler.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when the time was over.</returns>
    public async Task<MessageReceived?> WaitAsync(
        ConversationKey conversation, MessageId? handled, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, clock);
        var wait = new ReplyWait(conversation);
        _waits.TryAdd(wait, value: true);
        try
        {
            var lines = await ReadAsync(conversation, cancellationToken).ConfigureAwait(false);
            var newer = handled is null ? 0 : lines.TakeWhile(line => line.MessageId != handled).Count();
            var isFound = handled is not null && newer < lines.Count;
            var since = isFound ? lines[newer].At : (lines.Count > 0 ? lines[0].At : clock.GetInstant()) - Tolerance;
            var known = lines.Skip(isFound ? newer : 0).Select(static line => line.MessageId).ToHashSet();
            StoredEvent? told = null;
            while (true)
            {
                // The history knows the order. What it was told of need not be the first: another may have come before anybody waited.
                var first = lines.LastOrDefault(line => line.MessageId is { } id && (id == told?.Message || IsReply(line, since, known)));
                if (first?.MessageId is { } reply && reply != told?.Message && TryNote(reply))
                {
                    if (told is not null || wait.TryEnd())
                    {
                        Forget(told?.Message);
                        return Restore(conversation, reply, first);
                    }

                    // It was told of a message meanwhile, perhaps of this one.
                    Forget(reply);
                }
                else if (told is not null)
                {
                    TryNote(told.Message.GetValueOrDefault());
                    return WebhookReader.Restore(told.ToKept()) as MessageReceived;
                }

                if (limit.IsCancellationRequested)
                {
                    wait.TryEnd();
                }
                else
                {
                    using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
                    await ((Task)wait.End).WaitAsync(PollInterval, TimeProvider.System, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                if (wait.End.IsCompleted)
                {
                    told = await wait.End.ConfigureAwait(false);
                    if (told is null)
                    {
                        return null;
                    }
                }

                cancellationToken.ThrowIfCancellationRequested();
                lines = await ReadAsync(conversation, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            if (!wait.TryEnd())
            {
                // Nobody got it.
                Forget((await wait.End.ConfigureAwait(false))?.Message);
            }

            throw;
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

    private void Tell(StoredEvent stored, MessageId message)
    {
        foreach (var wait in _waits.Keys.Where(wait => wait.IsFor(stored)))
        {
            // Before the wait can give it back.
            if (!TryNote(message) || wait.TryTell(stored))
            {
                return;
            }

            Forget(message);
        }
    }

    private bool IsReply(LoggedMessage line, Instant since, HashSet<MessageId?> known) =>
        line is { IsInbound: true, MessageId: { } id } && line.At >= since && !known.Contains(id) && !WasAwaited(id);

    private ValueTask<IReadOnlyList<LoggedMessage>> ReadAsync(ConversationKey conversation, CancellationToken cancellationToken) =>
        store.ReadLogAsync(conversation, before: null, Looked, cancellationToken);

    /// <returns>False when it was noted before.</returns>
    private bool TryNote(MessageId message)
    {
        if (!_awaited.TryAdd(message, value: true))
        {
            return false;
        }

        _awaitedInOrder.Enqueue(message);
        if (_awaitedInOrder.Count > MostAwaited && _awaitedInOrder.TryDequeue(out var oldest))
        {
            _awaited.TryRemove(oldest, out _);
        }

        return true;
    }

    private void Forget(MessageId? message)
    {
        if (message is { } id)
        {
            _awaited.TryRemove(id, out _);
        }
    }
}
