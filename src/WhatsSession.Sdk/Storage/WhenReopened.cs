using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What becomes of a session message that was refused because the window is closed.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record WhenReopened
{
    /// <summary>The longest time to hold a message: 30 days.</summary>
    public static readonly Duration LongestHold = Duration.FromDays(30);

    private WhenReopened(Duration? holdFor) => HoldFor = holdFor;

    /// <summary>It is dropped.</summary>
    public static WhenReopened Discard { get; } = new(holdFor: null);

    /// <summary>For how long it is kept; null when it is dropped.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Duration? HoldFor { get; }

    /// <summary>It is kept and goes out once, through the guard, when the customer's answer reopens the window within this time.</summary>
    /// <param name="time">Greater than zero, up to <see cref="LongestHold"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is out of range.</exception>
    public static WhenReopened Hold(Duration time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, Duration.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, LongestHold);
        return new WhenReopened(time);
    }

    /// <summary>It is kept and goes out once, through the guard, when the customer's answer reopens the window within this time.</summary>
    /// <param name="time">Greater than zero, up to <see cref="LongestHold"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is out of range.</exception>
    public static WhenReopened Hold(TimeSpan time) => Hold(Duration.FromTimeSpan(time));
}
