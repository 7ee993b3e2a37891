using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What happens to a session message that was refused because the window is closed.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record WhenReopened
{
    /// <summary>The longest time to hold a message: 30 days.</summary>
    public static readonly Duration LongestHold = Duration.FromDays(30);

    private WhenReopened(Duration? holdFor) => HoldFor = holdFor;

    /// <summary>The message is dropped.</summary>
    public static WhenReopened Discard { get; } = new(holdFor: null);

    /// <summary>How long the message is kept; null when it is dropped.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Duration? HoldFor { get; }

    /// <summary>The message is kept. If the customer's answer reopens the window within this time, it is sent once, through the guard.</summary>
    /// <param name="time">Greater than zero, up to <see cref="LongestHold"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is out of range.</exception>
    public static WhenReopened Hold(Duration time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, Duration.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, LongestHold);
        return new WhenReopened(time);
    }

    /// <summary>The message is kept. If the customer's answer reopens the window within this time, it is sent once, through the guard.</summary>
    /// <param name="time">Greater than zero, up to <see cref="LongestHold"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is out of range.</exception>
    public static WhenReopened Hold(TimeSpan time) => Hold(Duration.FromTimeSpan(time));
}
