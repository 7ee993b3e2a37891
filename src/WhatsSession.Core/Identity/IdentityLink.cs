namespace WhatsSession;

/// <summary>The fact that a payload named a phone number and a BSUID as one customer.</summary>
/// <param name="Phone">The phone number.</param>
/// <param name="BusinessScopedId">The BSUID.</param>
/// <remarks>
/// Links are kept per business number, each with the earliest time at which both were seen together, and only ever added. A phone linked to two customers was
/// recycled and joins neither. Equality is by value.
/// </remarks>
public readonly record struct IdentityLink(CustomerId Phone, CustomerId BusinessScopedId);
