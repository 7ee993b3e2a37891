namespace WhatsSession.Storage;

/// <summary>Places of a dispatcher for only one kind of event, in addition to those that all events share.</summary>
/// <param name="Free">How many of them are free; none when it is not positive.</param>
/// <param name="Shares">How business numbers share them; null if numbers are not distinguished.</param>
public readonly record struct OwnPlaces(int Free, NumberShares? Shares);
