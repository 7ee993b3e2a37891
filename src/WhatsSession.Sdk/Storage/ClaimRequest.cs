using NodaTime;

namespace WhatsSession;

/// <summary>A dispatcher's wish for work.</summary>
/// <param name="Now">The moment, on the injected clock.</param>
/// <param name="Lease">How long the claims hold unless they are finished before.</param>
/// <param name="Limit">The most events to claim.</param>
public readonly record struct ClaimRequest(Instant Now, Duration Lease, int Limit);
