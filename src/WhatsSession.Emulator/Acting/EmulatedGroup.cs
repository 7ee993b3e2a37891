using WhatsSession.Emulator.Clock;
using WhatsSession.Emulator.Customers;

namespace WhatsSession.Emulator;

/// <summary>
/// A WhatsApp group of one business number. A message of a participant reaches the business and opens the window of the whole group. A message of the business
/// reaches every participant.
/// </summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/groups, as of November 2026. Thread safe.</remarks>
public sealed class EmulatedGroup
{
    private readonly Group _group;
    private readonly MetaTime _time;

    internal EmulatedGroup(Group group, MetaTime time, IReadOnlyList<EmulatedCustomer> participants) =>
        (_group, _time, Participants) = (group, time, participants);

    /// <summary>The group id, for <c>to</c> in requests.</summary>
    public string Id => _group.Id;

    /// <summary>The phone number id of the business number that is in the group.</summary>
    public string NumberId => _group.Number.Id;

    /// <summary>The customers in the group.</summary>
    public IReadOnlyList<EmulatedCustomer> Participants { get; }

    /// <summary>Whether Meta suspended the group: messages to it are refused with 131207.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool IsSuspended
    {
        get => _group.IsSuspended;
        set => _group.IsSuspended = value;
    }

    /// <summary>The ids of the messages that are pinned now, oldest first; at most three.</summary>
    public IReadOnlyList<string> Pinned => _group.PinnedAt(_time.Now);

    /// <summary>Names the group without its id.</summary>
    /// <returns>How many are in it.</returns>
    public override string ToString() => FormattableString.Invariant($"group of {Participants.Count}");
}
