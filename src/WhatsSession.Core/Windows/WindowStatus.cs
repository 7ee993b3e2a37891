using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>A customer service window at one moment, for example for a countdown in a user interface.</summary>
/// <param name="State">The state of the window.</param>
/// <param name="Until">When it closes (exclusive). Null unless it is open or closing.</param>
/// <param name="Since">
/// While the window is open or closing: the customer's last qualifying event. When it is closed: the time at which it closed, if that is known. Otherwise
/// null.
/// </param>
/// <param name="MaySend">
/// Whether the policy allows a session message at this moment. It is false within the guard's margin, although the state is still
/// <see cref="WindowState.Closing"/>.
/// </param>
/// <param name="Remaining">Time until <paramref name="Until"/>; zero when not open.</param>
/// <remarks><c>default</c> is <see cref="WindowState.Unknown"/> and may not send. Equality is by value.</remarks>
public readonly record struct WindowStatus(
    WindowState State,
    [property: JsonConverter(typeof(JsonTimeConverter))] Instant? Until,
    [property: JsonConverter(typeof(JsonTimeConverter))] Instant? Since,
    bool MaySend,
    [property: JsonConverter(typeof(JsonTimeConverter))] Duration Remaining)
{
    /// <summary>
    /// Whether the window is open: the state is <see cref="WindowState.Open"/> or <see cref="WindowState.Closing"/>. A send depends on <see cref="MaySend"/>:
    /// it is false within the guard's margin too, and it may be true when the state is <see cref="WindowState.Unknown"/>.
    /// </summary>
    public bool IsOpen => State is WindowState.Open or WindowState.Closing;

    /// <summary>
    /// When it closes (exclusive), in UTC, for code that does not use NodaTime. Null unless <see cref="IsOpen"/> is true. The same as <see cref="Until"/>, but
    /// not before the year 1.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset? UntilUtc => Until is { } until ? Instant.Max(until, First).ToDateTimeOffset() : null;

    /// <summary>
    /// Time until <see cref="UntilUtc"/>; zero when not open. The same as <see cref="Remaining"/>, but limited to the maximum of <see cref="TimeSpan"/>.
    /// </summary>
    [JsonIgnore]
    public TimeSpan RemainingTime => Duration.Max(Duration.Min(Remaining, Longest), -Longest).ToTimeSpan();

    private static Instant First { get; } = Instant.FromUtc(1, 1, 1, 0, 0);

    private static Duration Longest { get; } = Duration.FromTimeSpan(TimeSpan.MaxValue);
}
