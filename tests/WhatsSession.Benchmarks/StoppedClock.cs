using NodaTime;

namespace WhatsSession.Benchmarks;

internal sealed class StoppedClock(Instant now) : TimeProvider
{
    private readonly DateTimeOffset _now = now.ToDateTimeOffset();

    public override DateTimeOffset GetUtcNow() => _now;
}
