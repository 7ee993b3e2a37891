namespace WhatsSession;

/// <summary>
/// The fact that Meta knows a phone number in another form than it was dialled: the answer to a send to <c>541155550123</c> names the <c>wa_id</c>
/// <c>5491155550123</c>.
/// </summary>
/// <param name="Dialled">The phone number as it was dialled.</param>
/// <param name="Canonical">The phone number as Meta names it.</param>
/// <remarks>
/// Aliases are kept per business number. They are added and never removed. Nothing is derived from the digits: only Meta's answer counts. A dialled number has
/// no alias if Meta named two forms for it, or if Meta itself named the number as a customer's number. Equality is by value.
/// </remarks>
public readonly record struct IdentityAlias(CustomerId Dialled, CustomerId Canonical);
