using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>
/// A time in the 32 bits of a dense row: seconds since 1970 and one, so that zero is free for none and 1970 itself is a time. It ends in 2106;
/// what lies outside counts as the end of that span.
/// </summary>
internal static class WindowSeconds
{
    public const uint None = 0;

    /// <summary>Greater than every time: the fact has moved, or is gone with its row.</summary>
    public const uint Moved = uint.MaxValue;

    private const long Latest = Moved - 2;

    /// <summary>The second that an instant lies in.</summary>
    public static uint Of(Instant? at) => at is { } value ? Pack(value.ToUnixTimeSeconds()) : None;

    /// <summary>The first whole second that is not before an instant: what is due then is due by any clock.</summary>
    public static uint NotBefore(Instant? at) =>
        at is not { } value ? None
        : value == Instant.MaxValue || value.ToSecond() == value ? Of(value)
        : Pack(value.ToUnixTimeSeconds() + 1);

    public static Instant? ToInstant(uint seconds) => seconds == None ? null : Instant.FromUnixTimeSeconds(seconds - 1L);

    private static uint Pack(long seconds) => (uint)Math.Clamp(seconds, 0, Latest) + 1;
}
