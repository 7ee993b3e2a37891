using NodaTime;

namespace WhatsSession.Time;

internal static class ClockExtensions
{
    /// <summary>The present moment of an injected clock.</summary>
    public static Instant GetInstant(this TimeProvider clock) => NodaConstants.BclEpoch.PlusTicks(clock.GetUtcNow().UtcTicks);
}
