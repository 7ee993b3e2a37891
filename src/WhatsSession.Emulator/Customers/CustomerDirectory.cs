namespace WhatsSession.Emulator;

/// <summary>Every customer the emulator knows, by phone number and by BSUID.</summary>
internal sealed class CustomerDirectory(MetaSide meta)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, EmulatedCustomer> _byPhone = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EmulatedCustomer> _byUserId = new(StringComparer.Ordinal);

    public IReadOnlyList<EmulatedCustomer> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _byPhone.Values];
            }
        }
    }

    public EmulatedCustomer? Find(string digits)
    {
        lock (_gate)
        {
            return _byPhone.GetValueOrDefault(digits);
        }
    }

    public EmulatedCustomer? FindByUserId(string userId)
    {
        lock (_gate)
        {
            return _byUserId.GetValueOrDefault(userId);
        }
    }

    public EmulatedCustomer GetOrAdd(string digits)
    {
        lock (_gate)
        {
            return _byPhone.GetValueOrDefault(digits) ?? Add(digits, new());
        }
    }

    public EmulatedCustomer Update(string digits, Func<CustomerProfile, CustomerProfile> change)
    {
        lock (_gate)
        {
            var known = _byPhone.GetValueOrDefault(digits);
            var profile = change(known?.Profile ?? new());
            var userId = profile.UserId ?? UserIds.ForPhone(digits);
            if (!UserIds.IsUserId(userId))
            {
                throw new ArgumentException($"'{userId}' is not a business-scoped user id: give a country code, a dot, and letters and digits, such as US.13491208655302741918.", nameof(change));
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
    public NumberChange Move(EmulatedCustomer customer, string digits)
    {
        lock (_gate)
        {
            if (_byPhone.ContainsKey(digits))
            {
                throw new InvalidOperationException("That phone number belongs to another customer: give one that is free.");
            }

            var change = new NumberChange(customer.Name, customer.Phone, digits, customer.UserId, UserIds.ForPhone(digits), customer.HidesPhone);
            _byPhone.Remove(change.OldPhone);
            _byUserId.Remove(change.OldUserId);
            customer.Rename(digits, customer.Profile with { Name = change.Name, UserId = null });
            _byPhone[digits] = customer;
            _byUserId[change.NewUserId] = customer;
            return change;
        }
    }

    private EmulatedCustomer Add(string digits, CustomerProfile profile)
    {
        var customer = new EmulatedCustomer(meta, digits, profile);
        _byPhone[digits] = customer;
        _byUserId[customer.UserId] = customer;
        return customer;
    }
}
