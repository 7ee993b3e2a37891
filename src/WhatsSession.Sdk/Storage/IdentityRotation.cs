namespace WhatsSession.Storage;

/// <summary>The fact, from a notice of Meta's, that a customer's BSUID was replaced by another.</summary>
/// <param name="Previous">The BSUID until then.</param>
/// <param name="Current">The BSUID from then on.</param>
/// <remarks>
/// It is kept per business number. It is added and never removed. Two BSUIDs that are joined by such facts are one customer. Equality is by value.
/// </remarks>
public readonly record struct IdentityRotation(CustomerId Previous, CustomerId Current);
