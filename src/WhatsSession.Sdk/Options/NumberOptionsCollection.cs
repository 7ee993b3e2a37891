namespace WhatsSession;

/// <summary>Business numbers by the name that the code uses for them.</summary>
public sealed class NumberOptionsCollection : Dictionary<string, NumberOptions>
{
    /// <summary>Makes an empty collection; names are compared without case.</summary>
    public NumberOptionsCollection()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    /// <summary>Adds a number.</summary>
    /// <param name="name">The name that the code uses for it, such as <c>support</c>.</param>
    /// <param name="phoneNumberId">Meta's id of the number.</param>
    /// <param name="accessToken">The access token to send with.</param>
    /// <exception cref="ArgumentException">There is a number of this name.</exception>
    public void Add(string name, string phoneNumberId, string accessToken) =>
        AddNew(name, new NumberOptions { PhoneNumberId = phoneNumberId, AccessToken = accessToken });

    /// <summary>Adds a number with its WhatsApp Business Account.</summary>
    /// <param name="name">The name that the code uses for it, such as <c>support</c>.</param>
    /// <param name="phoneNumberId">Meta's id of the number.</param>
    /// <param name="accessToken">The access token to send with.</param>
    /// <param name="businessAccountId">The id of the WABA.</param>
    /// <exception cref="ArgumentException">There is a number of this name.</exception>
    public void Add(string name, string phoneNumberId, string accessToken, string businessAccountId) =>
        AddNew(name, new NumberOptions { PhoneNumberId = phoneNumberId, AccessToken = accessToken, BusinessAccountId = businessAccountId });

    private void AddNew(string name, NumberOptions number)
    {
        if (!TryAdd(name, number))
        {
            throw new ArgumentException(
                $"WhatsSession:Numbers:{name} is there already, from the configuration or from code; give each number a name of its own, or change the "
                + $"one that is there: o.Numbers[\"{name}\"].",
                nameof(name));
        }
    }
}
