namespace WhatsSession.Emulator.Clock;

/// <summary>Meta's present moment: that of the emulator's clock, moved by a fault.</summary>
internal sealed class MetaTime(EmulatorClock clock, EmulatorFaults faults)
{
    /// <summary>The clock itself, which no fault moves.</summary>
    public EmulatorClock Clock => clock;

    public DateTimeOffset Now => clock.GetUtcNow() + faults.ClockSkew;

    /// <returns>An instant of Meta's, as the emulator's clock shows it.</returns>
    public DateTimeOffset OnClock(DateTimeOffset at) => at - faults.ClockSkew;

    /// <summary>Meta's timestamps have no fractions.</summary>
    public static DateTimeOffset WholeSecond(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
}
