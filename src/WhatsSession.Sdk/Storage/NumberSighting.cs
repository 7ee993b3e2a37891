using NodaTime;

namespace WhatsSession.Storage;

/// <summary>What a batch says about a business number.</summary>
/// <param name="Number">The number.</param>
/// <param name="Since">When the first of its events was received.</param>
/// <param name="Account">The account that the last of its events names; null when none does.</param>
public readonly record struct NumberSighting(PhoneNumberId Number, Instant Since, BusinessAccountId? Account);
