using System.Security.Cryptography;

namespace WhatsSession.Emulator.Customers;

/// <summary>What holds between one customer and one business number. Thread safe.</summary>
internal sealed class Pair
{
    // https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages, 21 May 2026.
    private static readonly TimeSpan WindowLength = TimeSpan.FromHours(24);

    // https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput,
    // read 10 March 2026: one message in six seconds, or a burst that is paid back.
    private static readonly TimeSpan MessageTime = TimeSpan.FromSeconds(6);
    private const int LargestBurst = 45;

    private readonly object _gate = new();
    private DateTimeOffset? _lastInbound;
    private DateTimeOffset? _cameFromAd;
    private FreeEntry? _freeEntry;
    private DateTimeOffset _burstStart;
    private int _burst;
    private volatile bool _met;

    public bool StoppedMarketing { get; set; }

    public bool Blocked { get; set; }

    /// <summary>Whether the customer has written, or been written to.</summary>
    public bool IsMet => _met;

    /// <summary>When the customer service window closes; null when it never opened.</summary>
    public DateTimeOffset? Closes
    {
        get
        {
            lock (_gate)
            {
                return _lastInbound + WindowLength;
            }
        }
    }

    public void Meet() => _met = true;

    /// <param name="at">When the customer wrote or called.</param>
    /// <param name="fromAd">Whether they came from an advertisement.</param>
    public void Open(DateTimeOffset at, bool fromAd = false)
    {
        lock (_gate)
        {
            _lastInbound = at;
            _cameFromAd = fromAd ? at : _cameFromAd;
        }
    }

    /// <returns>False when the pair rate limit is reached.</returns>
    public bool TryTake(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (now < _burstStart + MessageTime && _burst < LargestBurst)
            {
                _burst++;
                return true;
            }

            if (now < _burstStart + (_burst * MessageTime))
            {
                return false;
            }

            (_burstStart, _burst) = (now, 1);
            return true;
        }
    }

    /// <param name="now">When the business answers.</param>
    /// <param name="length">How long a window stays open that the answer opens.</param>
    /// <returns>The free entry point window in which a message is, opened by it if need be; null for none.</returns>
    public FreeEntry? Answer(DateTimeOffset now, TimeSpan length)
    {
        lock (_gate)
        {
            if (_freeEntry is { } open && now < open.Closes)
            {
                return open;
            }

            _freeEntry = null;
            if (_cameFromAd is { } came && now < came + WindowLength)
            {
                _cameFromAd = null;
                _freeEntry = new(Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant(), now + length);
            }

            return _freeEntry;
        }
    }
}
