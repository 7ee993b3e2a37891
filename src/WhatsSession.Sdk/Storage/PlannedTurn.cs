using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession.Storage;

/// <summary>A handler of turns that a host has: how long its turns wait for the customer's next message.</summary>
/// <remarks>Immutable; equality is by value, of the handler ordinal.</remarks>
public sealed record PlannedTurn
{
    /// <summary>Makes a planned turn.</summary>
    /// <param name="handler">The name of the handler.</param>
    /// <param name="quiet">How long the customer must have been quiet: not negative.</param>
    /// <param name="atMost">How long a turn waits after its first message at most: not less than <paramref name="quiet"/>, and at most a day.</param>
    /// <exception cref="ArgumentException"><paramref name="handler"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    public PlannedTurn(string handler, Duration quiet, Duration atMost)
    {
        ArgumentException.ThrowIfNullOrEmpty(handler);
        ArgumentOutOfRangeException.ThrowIfLessThan(quiet, Duration.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, quiet);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(atMost, Duration.FromDays(1));
        Handler = handler;
        Quiet = quiet;
        AtMost = atMost;
    }

    /// <summary>The name of the handler. It is the <see cref="StoredEvent.Field"/> of its turns.</summary>
    public string Handler { get; }

    /// <summary>How long the customer must have been quiet.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Duration Quiet { get; }

    /// <summary>How long a turn waits after its first message at most.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Duration AtMost { get; }

    /// <summary>The only business number whose messages it takes.</summary>
    /// <value>Null by default: all.</value>
    public PhoneNumberId? Number { get; init; }

    /// <summary>Whether a message is a part of its turns.</summary>
    public bool Takes(StoredEvent message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message is { Turn: not TurnPart.None, Dispatches: true, Conversation: { } conversation } && (Number is null || Number == conversation.Number);
    }
}
