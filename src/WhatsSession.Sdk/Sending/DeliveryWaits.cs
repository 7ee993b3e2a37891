using System.Collections.Concurrent;
using WhatsSession.Storage;

namespace WhatsSession.Sending;

/// <summary>
/// Those who wait for the delivery of a message. Statuses that this process accepts wake them at once, so a handler that waits holds up nothing;
/// those of other hosts are found by looking.
/// </summary>
internal sealed class DeliveryWaits(ISendStore store, TimeProvider clock)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<(PhoneNumberId Number, MessageId Message), TaskCompletionSource> _news = new();

    /// <summary>Tells of statuses that the store has now.</summary>
    public void Tell(IReadOnlyList<StoredEvent> events)
    {
        if (_news.IsEmpty)
        {
            return;
        }

        foreach (var stored in events)
        {
            if (stored is { Facts.Delivery: not null, Number: { } number, Message: { } message } && _news.TryRemove((number, message), out var news))
            {
                news.SetResult();
            }
        }
    }

    /// <summary>Waits until the message was delivered or failed.</summary>
    /// <returns>What is known then, or when the time was over.</returns>
    public async Task<MessageDelivery> WaitAsync(PhoneNumberId number, MessageId message, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, clock);
        while (true)
        {
            // Asked for before the look, so that no status falls between the two.
            var news = _news.GetOrAdd((number, message), static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            try
            {
                var delivery = await store.ReadDeliveryAsync(number, message, cancellationToken).ConfigureAwait(false);
                if (delivery.IsDelivered || delivery.IsFailed || limit.IsCancellationRequested)
                {
                    return delivery;
                }

                using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
                await news.Task.WaitAsync(PollInterval, TimeProvider.System, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
            }
            finally
            {
                // Others who wait for it look again in a moment anyway.
                _news.TryRemove(KeyValuePair.Create((number, message), news));
            }
        }
    }
}
