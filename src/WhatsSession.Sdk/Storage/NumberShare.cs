namespace WhatsSession.Storage;

/// <summary>How many of a dispatcher's places a business number has.</summary>
/// <param name="Number">The number; null for events that belong to none.</param>
/// <param name="Held">How many places it has; not negative.</param>
public readonly record struct NumberShare(PhoneNumberId? Number, int Held);
