namespace WhatsSession.Storage;

/// <summary>The fact, from Meta's own notice, that a customer's BSUID was replaced by another.</summary>
/// <param name="Previous">The BSUID until then.</param>
/// <param name="Current">The BSUID from then on.</param>
/// <remarks>Kept per business number and only ever added. Two BSUIDs joined by such facts are one customer. Equality is by value.</remarks>
public readonly record struct IdentityRotation(CustomerId Previous, CustomerId Current);
