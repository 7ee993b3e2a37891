using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>An address to choose from in an <see cref="AddressMessage"/>.</summary>
/// <param name="Id">Your id of the address. It comes back when the customer chooses the address.</param>
/// <param name="Values">Meta's names of the fields and their values.</param>
/// <remarks>Immutable. Equality is by value, but the fields compare by reference.</remarks>
public sealed record SavedAddress(string Id, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Meta's names of the fields and their values.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init => field = RequiredPart.Checked(value); } = RequiredPart.Checked(Values);

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(SavedAddress);
}
