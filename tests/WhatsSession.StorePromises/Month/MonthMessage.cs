namespace WhatsSession.StorePromises.Month;

/// <summary>A message of a customer.</summary>
/// <param name="SentAt">When it was sent: seconds since 1970.</param>
/// <param name="ArrivesAt">When its webhook comes.</param>
/// <param name="Text">What it says.</param>
internal sealed record MonthMessage(long SentAt, long ArrivesAt, string Text);
