using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>A customer service window at one moment, fit for a countdown in a user interface.</summary>
/// <param name="State">How the window stands.</param>
/// <param name="Until">When it closes: exclusive, set while it is open or closing, else null.</param>
/// <param name="Since">The last qualifying customer event while open or closing; the moment of closing when closed and known; else null.</param>
/// <param name="MaySend">
/// What the policy answers for a plain session message at this moment. False inside the guard's margin although the state is still
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
    /// Whether the window is open, closing or not: <see cref="WindowState.Open"/> or <see cref="WindowState.Closing"/>. <see cref="MaySend"/> is what a send
    /// goes by: it is also false inside the guard's margin, and may be true of a window that is <see cref="WindowState.Unknown"/>.
    /// </summary>
    public bool IsOpen => State is WindowState.Open or WindowState.Closing;

    /// <summary>
    /// When it closes, in UTC, for code that does not use NodaTime: exclusive; null unless <see cref="IsOpen"/>. The same as <see cref="Until"/>, but no
    /// earlier than the year 1.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset? UntilUtc => Until is { } until ? Instant.Max(until, First).ToDateTimeOffset() : null;

    /// <summary>
    /// Time until <see cref="UntilUtc"/>; zero when not open. The same as <see cref="Remaining"/>, but no longer than a <see cref="TimeSpan"/> may be.
    /// </summary>
    [JsonIgnore]
    public TimeSpan RemainingTime => Duration.Max(Duration.Min(Remaining, Longest), -Longest).ToTimeSpan();

    private static Instant First { get; } = Instant.FromUtc(1, 1, 1, 0, 0);

    private static Duration Longest { get; } = Duration.FromTimeSpan(TimeSpan.MaxValue);
}
