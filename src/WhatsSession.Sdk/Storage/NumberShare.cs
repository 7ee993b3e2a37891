namespace WhatsSession.Storage;

/// <summary>What a business number has of a dispatcher's places.</summary>
/// <param name="Number">The number; null for events that belong to none.</param>
/// <param name="Held">How many places it holds, not negative.</param>
public readonly record struct NumberShare(PhoneNumberId? Number, int Held);
