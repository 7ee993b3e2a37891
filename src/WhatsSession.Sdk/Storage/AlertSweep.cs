using NodaTime;

namespace WhatsSession.Storage;

/// <summary>A pass over the windows that are due for an alert.</summary>
/// <param name="Now">The moment, on the injected clock.</param>
/// <param name="Leads">How long before closing alerts are wanted: distinct, each greater than zero.</param>
/// <param name="Limit">The most conversations to look at.</param>
public sealed record AlertSweep(Instant Now, IReadOnlyList<Duration> Leads, int Limit);
