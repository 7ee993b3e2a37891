namespace WhatsSession.Emulator.Customers;

/// <summary>A group of one business number and customers, as Meta knows it. Thread safe.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/groups, as of November 2026.</remarks>
internal sealed class Group(string id, EmulatedNumber number, IReadOnlyList<Person> participants)
{
    public const int MostParticipants = 8;

    private const int MostPinned = 3;

    private readonly List<(string Id, DateTimeOffset Until)> _pinned = [];
    private volatile bool _isSuspended;

    public string Id => id;

    public EmulatedNumber Number => number;

    public IReadOnlyList<Person> Participants => participants;

    /// <summary>What holds between the group and its business number: the window and the pair rate.</summary>
    public Pair Pair { get; } = new();

    public bool IsSuspended
    {
        get => _isSuspended;
        set => _isSuspended = value;
    }

    /// <returns>The ids of the messages that are pinned, oldest first.</returns>
    public IReadOnlyList<string> PinnedAt(DateTimeOffset now)
    {
        lock (_pinned)
        {
            return [.. _pinned.Where(pin => now < pin.Until).Select(static pin => pin.Id)];
        }
    }

    public void Pin(string messageId, DateTimeOffset until, DateTimeOffset now)
    {
        lock (_pinned)
        {
            _pinned.RemoveAll(pin => pin.Until <= now || string.Equals(pin.Id, messageId, StringComparison.Ordinal));
            if (_pinned.Count == MostPinned)
            {
                _pinned.RemoveAt(0);
            }

            _pinned.Add((messageId, until));
        }
    }

    public void Unpin(string messageId)
    {
        lock (_pinned)
        {
            _pinned.RemoveAll(pin => string.Equals(pin.Id, messageId, StringComparison.Ordinal));
        }
    }
}
