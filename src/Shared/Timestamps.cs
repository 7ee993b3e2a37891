using System.Text.Json;
using NodaTime;

namespace WhatsSession.Shared;

/// <summary>Meta's timestamps: Unix seconds, as a string in messages and statuses and as a number elsewhere.</summary>
internal static class Timestamps
{
    // The years that an Instant can hold; anything outside is no time at all.
    private const long Latest = 253_402_300_799;

    // As seconds this is the year 5138, as milliseconds 1973: a number this large is in milliseconds.
    private const long LeastMilliseconds = 100_000_000_000;

    /// <summary>The value that the reader stands on; the epoch when it is no time.</summary>
    public static Instant Read(ref Utf8JsonReader reader) => ReadOptional(ref reader) ?? NodaConstants.UnixEpoch;

    /// <summary>The value that the reader stands on; null when it is no time.</summary>
    public static Instant? ReadOptional(ref Utf8JsonReader reader) =>
        JsonText.ReadInt64(ref reader) switch
        {
            >= LeastMilliseconds and <= Latest * 1000 and var milliseconds => Instant.FromUnixTimeSeconds(milliseconds / 1000),
            >= 0 and < LeastMilliseconds and var seconds => Instant.FromUnixTimeSeconds(seconds),
            _ => null,
        };
}
