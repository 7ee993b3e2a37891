namespace WhatsSession.StorePromises.Month;

/// <summary>Something that a business was told or that it sent.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">When: seconds since 1970.</param>
/// <param name="Detail">What tells it from others of its kind in the same conversation.</param>
internal sealed record MonthEvent(string Kind, long At, string Detail);
