namespace WhatsSession.Storage;

/// <summary>Places of a dispatcher that one kind of event has for itself, beside those that all share.</summary>
/// <param name="Free">How many of them are free; none when it is not positive.</param>
/// <param name="Shares">How business numbers share them; null where numbers are not told apart.</param>
public readonly record struct OwnPlaces(int Free, NumberShares? Shares);
