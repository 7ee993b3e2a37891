namespace WhatsSession;

/// <summary>The fact that a payload named a phone number and a BSUID as one customer.</summary>
/// <param name="Phone">The phone number.</param>
/// <param name="BusinessScopedId">The BSUID.</param>
/// <remarks>
/// Links are kept per business number and only ever added. A phone linked to two BSUIDs was recycled and joins neither. Equality is by value.
/// </remarks>
public readonly record struct IdentityLink(CustomerId Phone, CustomerId BusinessScopedId);
