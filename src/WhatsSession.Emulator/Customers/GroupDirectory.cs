using System.Collections.Concurrent;
using WhatsSession.Emulator.Numbers;

namespace WhatsSession.Emulator.Customers;

/// <summary>Every group the emulator knows, by its id.</summary>
internal sealed class GroupDirectory(CustomerDirectory people)
{
    private readonly ConcurrentDictionary<string, Group> _groups = new(StringComparer.Ordinal);

    public IReadOnlyList<Group> All => [.. _groups.Values.OrderBy(static g => g.Id, StringComparer.Ordinal)];

    public Group? Find(string id) => _groups.GetValueOrDefault(id);

    /// <summary>A number without a group is one for which groups are not enabled.</summary>
    public bool AreEnabled(EmulatedNumber number) => _groups.Values.Any(g => g.Number == number);

    public Group Add(string id, EmulatedNumber number, IReadOnlyList<string> participants)
    {
        if (id.Length == 0 || id.AsSpan().ContainsAny(" \t\r\n/") || PhoneDigits.Find(id) is not null || UserIds.IsUserId(id))
        {
            throw new ArgumentException(
                $"'{id}' is not a group id: give letters and digits, such as Z3JvdXAtMQ, that are neither a phone number nor a user id.",
                nameof(id));
        }

        if (participants.Count > Group.MostParticipants)
        {
            throw new ArgumentException(
                $"A group has at most {Group.MostParticipants} participants besides the business, not {participants.Count}.",
                nameof(participants));
        }

        var customers = participants
            .Select(p => PhoneDigits.Find(p)
                ?? throw new ArgumentException(
                    $"The participant '{p}' is not a phone number: give 7 to 15 digits with the country code.",
                    nameof(participants)))
            .Distinct(StringComparer.Ordinal)
            .Select(people.GetOrAdd)
            .ToList();
        var group = new Group(id, number, customers);
        return _groups.TryAdd(id, group) ? group : throw new ArgumentException($"There is a group '{id}' already: give each its own id.", nameof(id));
    }
}
