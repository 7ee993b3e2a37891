namespace WhatsSession;

/// <summary>
/// The fact that Meta named the canonical form of a phone number that was dialled otherwise: the answer to a send to <c>541155550123</c> names the
/// <c>wa_id</c> <c>5491155550123</c>.
/// </summary>
/// <param name="Dialled">The phone number as it was dialled.</param>
/// <param name="Canonical">The phone number as Meta names it.</param>
/// <remarks>
/// Aliases are kept per business number and only ever added. Nothing is derived from digits: Meta's answer is the fact. A number for which Meta named two
/// forms, or which Meta itself named as somebody's, stands alone. Equality is by value.
/// </remarks>
public readonly record struct IdentityAlias(CustomerId Dialled, CustomerId Canonical);
