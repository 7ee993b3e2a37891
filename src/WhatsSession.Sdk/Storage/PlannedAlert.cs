using System.Globalization;
using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession.Storage;

/// <summary>
/// An alert that a host wants to raise: its kind, and how long after the customer's event it is due. Stores keep it and need not know the kinds.
/// </summary>
/// <remarks>Immutable; equality is by value, of the kind ordinal.</remarks>
public sealed record PlannedAlert
{
    /// <summary>Makes a planned alert.</summary>
    /// <param name="kind">Its kind: the <see cref="StoredEvent.Field"/> of its events.</param>
    /// <param name="delay">How long after the customer's event it is due: whole seconds, not negative.</param>
    /// <exception cref="ArgumentException"><paramref name="kind"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is negative or has a fraction of a second.</exception>
    public PlannedAlert(string kind, Duration delay)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        if (delay < Duration.Zero || delay != Duration.FromSeconds((long)delay.TotalSeconds))
        {
            throw new ArgumentOutOfRangeException(nameof(delay), delay, "The delay must be whole seconds and not negative: windows are kept to the second.");
        }

        Kind = kind;
        Delay = delay;
    }

    /// <summary>What it tells.</summary>
    public string Kind { get; }

    /// <summary>How long after the customer's event it is due.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Duration Delay { get; }

    /// <summary>Reads the form that <see cref="ToString"/> gives.</summary>
    /// <exception cref="FormatException">It is another form.</exception>
    public static PlannedAlert Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slash = text.LastIndexOf('/');
        return slash > 0 && long.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? new PlannedAlert(text[..slash], Duration.FromSeconds(seconds))
            : throw new FormatException("A planned alert is written as its kind, a slash and seconds.");
    }

    /// <summary>Its kind, a slash and the seconds of its delay: for stores that keep text.</summary>
    public override string ToString() => FormattableString.Invariant($"{Kind}/{(long)Delay.TotalSeconds}");
}
