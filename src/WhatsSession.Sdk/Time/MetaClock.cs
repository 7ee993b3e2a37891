using NodaTime;

namespace WhatsSession.Time;

/// <summary>How far Meta's clock is from ours, by the <c>Date</c> headers of its answers: the guard decides by Meta's clock, for Meta does.</summary>
/// <param name="clock">Our clock.</param>
/// <param name="ignored">Told of each answer that is not believed; null for nobody.</param>
/// <param name="heard">Hears the time of each answer that is not passed over; null for nobody.</param>
/// <param name="isOff">Told once when Meta's clock is more than a minute from ours, and by how much it is ahead; null for nobody.</param>
internal sealed class MetaClock(TimeProvider clock, Action? ignored = null, HeardTime? heard = null, Action<Duration>? isOff = null)
{
    private const int Samples = 9;

    // One header is parsed in so long a time: clocks drift slowly.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // What is worth a word: the guard has a margin as large.
    private static readonly Duration MostUntold = Duration.FromMinutes(1);

    private static readonly Duration MostBelieved = Duration.FromMinutes(2);

    // Dates come in whole seconds, so a difference below one says nothing.
    private static readonly Duration Resolution = Duration.FromSeconds(1);

    private readonly Queue<Duration> _offsets = new(Samples);
    private long _lastSample;
    private volatile bool _isFull;
    private bool _isTold;
    private long _offset; // In nanoseconds.

    /// <summary>How much Meta's clock is ahead: the median of the last nine answers; zero when they differ from ours by more than two minutes.</summary>
    public Duration Offset => Duration.FromNanoseconds(Volatile.Read(ref _offset));

    /// <summary>Now by Meta's clock.</summary>
    public Instant GetInstant() => Volatile.Read(ref _offset) == 0 ? clock.GetInstant() : clock.GetInstant() + Offset;

    /// <summary>Notes the time of an answer. Most are passed over.</summary>
    public void Note(HttpResponseMessage response)
    {
        var now = clock.GetTimestamp();
        var last = Volatile.Read(ref _lastSample);
        if ((_isFull && clock.GetElapsedTime(last, now) < Interval) || Interlocked.CompareExchange(ref _lastSample, now, last) != last
            || response.Headers.Date is not { } date)
        {
            return;
        }

        var time = Instant.FromDateTimeOffset(date);
        heard?.Answer(time);
        lock (_offsets)
        {
            _offsets.Enqueue(time - clock.GetInstant());
            if (_offsets.Count > Samples)
            {
                _isFull = true;
                _offsets.Dequeue();
            }

            var median = _offsets.Order().ElementAt(_offsets.Count / 2);
            var size = median < Duration.Zero ? -median : median;
            if (size > MostUntold && !_isTold)
            {
                _isTold = true;
                isOff?.Invoke(median);
            }

            if (size > MostBelieved)
            {
                ignored?.Invoke();
            }

            Volatile.Write(ref _offset, size > Resolution && size <= MostBelieved ? median.ToInt64Nanoseconds() : 0);
        }
    }
}
