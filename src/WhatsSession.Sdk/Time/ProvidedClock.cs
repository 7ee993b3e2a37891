using NodaTime;

namespace WhatsSession.Time;

/// <summary>The clock of NodaTime, by a <see cref="TimeProvider"/>.</summary>
internal sealed class ProvidedClock(TimeProvider clock) : IClock
{
    public Instant GetCurrentInstant() => clock.GetInstant();
}
