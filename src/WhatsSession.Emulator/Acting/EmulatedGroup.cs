namespace WhatsSession.Emulator;

/// <summary>A WhatsApp group of one business number. What a participant writes there reaches the business, and opens the one window of the whole group; what the business sends reaches every participant.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/groups, as of November 2026. Thread safe.</remarks>
public sealed class EmulatedGroup
{
    internal const int MostParticipants = 8;

    private const int MostPinned = 3;

    private readonly MetaSide _meta;
    private readonly object _gate = new();
    private readonly List<(string Id, DateTimeOffset Until)> _pinned = [];
    private volatile bool _suspended;

    internal EmulatedGroup(MetaSide meta, string id, EmulatedNumber number, IReadOnlyList<EmulatedCustomer> participants) => (_meta, Id, Number, Participants) = (meta, id, number, participants);

    /// <summary>The group id that requests name in <c>to</c>.</summary>
    public string Id { get; }

    /// <summary>The phone number id of the business number that is in the group.</summary>
    public string NumberId => Number.Id;

    /// <summary>The customers in the group.</summary>
    public IReadOnlyList<EmulatedCustomer> Participants { get; }

    /// <summary>Whether Meta suspended the group: messages to it are refused with 131207.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool IsSuspended
    {
        get => _suspended;
        set => _suspended = value;
    }

    /// <summary>The ids of the messages that are pinned now, oldest first; at most three.</summary>
    public IReadOnlyList<string> Pinned
    {
        get
        {
            lock (_gate)
            {
                return [.. _pinned.Where(pin => _meta.Now < pin.Until).Select(static pin => pin.Id)];
            }
        }
    }

    internal EmulatedNumber Number { get; }

    /// <summary>What holds between the group and its business number: the window and the pair rate.</summary>
    internal Pair Pair { get; } = new();

    /// <summary>Names the group without its id.</summary>
    /// <returns>How many are in it.</returns>
    public override string ToString() => FormattableString.Invariant($"group of {Participants.Count}");

    internal void Pin(string messageId, DateTimeOffset until)
    {
        lock (_gate)
        {
            _pinned.RemoveAll(pin => pin.Until <= _meta.Now || string.Equals(pin.Id, messageId, StringComparison.Ordinal));
            if (_pinned.Count == MostPinned)
            {
                _pinned.RemoveAt(0);
            }

            _pinned.Add((messageId, until));
        }
    }

    internal void Unpin(string messageId)
    {
        lock (_gate)
        {
            _pinned.RemoveAll(pin => string.Equals(pin.Id, messageId, StringComparison.Ordinal));
        }
    }
}
