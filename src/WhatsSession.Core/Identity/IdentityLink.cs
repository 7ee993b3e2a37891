namespace WhatsSession;

/// <summary>The fact that a payload named a phone number and a BSUID as one customer.</summary>
/// <param name="Phone">The phone number.</param>
/// <param name="BusinessScopedId">The BSUID.</param>
/// <remarks>
/// Links are kept per business number, each with the earliest time at which both were seen together. They are added and never removed. A phone number that is
/// linked to two customers was given to a new owner, so it joins neither of them. Equality is by value.
/// </remarks>
public readonly record struct IdentityLink(CustomerId Phone, CustomerId BusinessScopedId);
