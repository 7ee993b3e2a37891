namespace WhatsSession.Emulator.Customers;

/// <summary>Every customer the emulator knows, by phone number and by BSUID.</summary>
internal sealed class CustomerDirectory
{
    private readonly object _gate = new();
    private readonly Dictionary<string, Person> _byPhone = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Person> _byUserId = new(StringComparer.Ordinal);

    /// <summary>How often each phone number was given up: its next owner is somebody else, with another user id.</summary>
    private readonly Dictionary<string, int> _givenUp = new(StringComparer.Ordinal);

    public IReadOnlyList<Person> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _byPhone.Values];
            }
        }
    }

    public Person? Find(string digits)
    {
        lock (_gate)
        {
            return _byPhone.GetValueOrDefault(digits);
        }
    }

    public Person? FindByUserId(string userId)
    {
        lock (_gate)
        {
            return _byUserId.GetValueOrDefault(userId);
        }
    }

    public Person GetOrAdd(string digits)
    {
        lock (_gate)
        {
            return _byPhone.GetValueOrDefault(digits) ?? Add(digits, new());
        }
    }

    public Person Update(string digits, Func<CustomerProfile, CustomerProfile> change)
    {
        lock (_gate)
        {
            var known = _byPhone.GetValueOrDefault(digits);
            var profile = change(known?.Profile ?? new());
            var userId = profile.UserId ?? known?.GivenUserId ?? UserIdOf(digits);
            if (!UserIds.IsUserId(userId))
            {
                throw new ArgumentException(
                    $"'{userId}' is not a business-scoped user id: give a country code, a dot, and letters and digits, such as US.13491208655302741918.",
                    nameof(change));
            }

            if (_byUserId.TryGetValue(userId, out var owner) && owner != known)
            {
                throw new InvalidOperationException($"The user id {userId} belongs to customer {owner.Phone}: give each customer their own.");
            }

            if (known is null)
            {
                return Add(digits, profile);
            }

            _byUserId.Remove(known.UserId);
            known.Profile = profile;
            _byUserId[known.UserId] = known;
            return known;
        }
    }

    /// <summary>Gives a customer another phone number, and with it another user id.</summary>
    public NumberChange Move(Person customer, string digits)
    {
        lock (_gate)
        {
            if (_byPhone.GetValueOrDefault(customer.Phone) != customer)
            {
                throw new InvalidOperationException($"{customer} no longer has that phone number.");
            }

            if (_byPhone.ContainsKey(digits))
            {
                throw new InvalidOperationException("That phone number belongs to another customer: give one that is free.");
            }

            var change = new NumberChange(customer.Name, customer.Phone, digits, customer.UserId, UserIdOf(digits), customer.HidesPhone);
            GiveUp(customer);
            customer.Rename(digits, change.NewUserId, customer.Profile with { Name = change.Name, UserId = null });
            _byPhone[digits] = customer;
            _byUserId[change.NewUserId] = customer;
            return change;
        }
    }

    /// <summary>Frees a customer's phone number for somebody else.</summary>
    public void Remove(Person customer)
    {
        lock (_gate)
        {
            if (_byPhone.GetValueOrDefault(customer.Phone) == customer)
            {
                GiveUp(customer);
            }
        }
    }

    private void GiveUp(Person customer)
    {
        _byPhone.Remove(customer.Phone);
        _byUserId.Remove(customer.UserId);
        _givenUp[customer.Phone] = _givenUp.GetValueOrDefault(customer.Phone) + 1;
    }

    private string UserIdOf(string digits) => UserIds.ForPhone(digits, _givenUp.GetValueOrDefault(digits));

    private Person Add(string digits, CustomerProfile profile)
    {
        var customer = new Person(digits, UserIdOf(digits), profile);
        _byPhone[digits] = customer;
        _byUserId[customer.UserId] = customer;
        return customer;
    }
}
