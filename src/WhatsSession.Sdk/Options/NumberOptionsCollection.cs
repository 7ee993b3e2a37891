namespace WhatsSession;

/// <summary>Business numbers by the name that the code calls them.</summary>
public sealed class NumberOptionsCollection : Dictionary<string, NumberOptions>
{
    /// <summary>Makes an empty collection; names are compared without case.</summary>
    public NumberOptionsCollection()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    /// <summary>Adds a number.</summary>
    /// <param name="name">What the code calls it, such as <c>support</c>.</param>
    /// <param name="phoneNumberId">Meta's id of the number.</param>
    /// <param name="accessToken">The access token to send with.</param>
    /// <exception cref="ArgumentException">There is a number of this name.</exception>
    public void Add(string name, string phoneNumberId, string accessToken) =>
        Add(name, new NumberOptions { PhoneNumberId = phoneNumberId, AccessToken = accessToken });

    /// <summary>Adds a number with its WhatsApp Business Account.</summary>
    /// <param name="name">What the code calls it, such as <c>support</c>.</param>
    /// <param name="phoneNumberId">Meta's id of the number.</param>
    /// <param name="accessToken">The access token to send with.</param>
    /// <param name="businessAccountId">The id of the WABA.</param>
    /// <exception cref="ArgumentException">There is a number of this name.</exception>
    public void Add(string name, string phoneNumberId, string accessToken, string businessAccountId) =>
        Add(name, new NumberOptions { PhoneNumberId = phoneNumberId, AccessToken = accessToken, BusinessAccountId = businessAccountId });
}
