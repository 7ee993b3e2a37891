namespace WhatsSession.Emulator.Clock;

/// <summary>What those who follow the clock are told.</summary>
/// <param name="Now">The present moment, or where the clock is about to be.</param>
/// <param name="Frozen">Whether it stands still.</param>
/// <param name="Change">How often it jumped, was stopped or let run.</param>
internal readonly record struct ClockReading(DateTimeOffset Now, bool Frozen, long Change);
