namespace WhatsSession.Emulator.Numbers;

/// <summary>How many messages a business number handles in a second, in and out. Thread safe.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput, read 10 March 2026.</remarks>
internal sealed class ThroughputMeter(int perSecond)
{
    private readonly object _gate = new();
    private readonly Queue<DateTimeOffset> _taken = new();

    /// <returns>False when the limit is reached.</returns>
    public bool TryTake(DateTimeOffset now)
    {
        lock (_gate)
        {
            Forget(now);
            if (_taken.Count >= perSecond)
            {
                return false;
            }

            _taken.Enqueue(now);
            return true;
        }
    }

    /// <summary>Counts a message that cannot be refused: a customer's.</summary>
    public void Take(DateTimeOffset now)
    {
        lock (_gate)
        {
            Forget(now);
            if (_taken.Count < perSecond)
            {
                _taken.Enqueue(now);
            }
        }
    }

    private void Forget(DateTimeOffset now)
    {
        while (_taken.TryPeek(out var oldest) && oldest <= now - TimeSpan.FromSeconds(1))
        {
            _taken.Dequeue();
        }
    }
}
