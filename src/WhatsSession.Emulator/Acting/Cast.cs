using WhatsSession.Emulator.Customers;

namespace WhatsSession.Emulator.Acting;

/// <summary>The customers and groups as tests hold them: always the same object for the same one. Thread safe.</summary>
internal sealed class Cast(World world)
{
    private readonly object _gate = new();
    private readonly Dictionary<Person, EmulatedCustomer> _customers = [];
    private readonly Dictionary<Group, EmulatedGroup> _groups = [];

    public EmulatedCustomer Of(Person person)
    {
        lock (_gate)
        {
            if (!_customers.TryGetValue(person, out var customer))
            {
                _customers[person] = customer = new(person, world);
            }

            return customer;
        }
    }

    public EmulatedGroup Of(Group group)
    {
        lock (_gate)
        {
            if (!_groups.TryGetValue(group, out var shown))
            {
                _groups[group] = shown = new(group, world.Time, [.. group.Participants.Select(Of)]);
            }

            return shown;
        }
    }

    /// <summary>Nobody asks for a person who has left: their number leads to somebody else.</summary>
    public void Forget(Person person)
    {
        lock (_gate)
        {
            _customers.Remove(person);
        }
    }
}
