using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;
using WhatsSession.Windows;

namespace WhatsSession;

/// <summary>What the business has answered. For each kind of author it has the latest customer event that an accepted message of this author answers.</summary>
/// <remarks>
/// A reply in a handler answers the event that is being handled. Any other message answers the latest event that the guard knew when the message was sent.
/// Fallback templates and held messages answer nothing. <see cref="Join"/> is commutative, associative and idempotent, and <c>default</c> is its neutral
/// element. Equality is by value.
/// </remarks>
[JsonConverter(typeof(JsonFormConverter<AnswerTimes>))]
public readonly record struct AnswerTimes : IJsonForm<AnswerTimes>
{
    private static readonly AuthorKind[] Kinds = Enum.GetValues<AuthorKind>();

    private readonly PackedInstant _unknown;
    private readonly PackedInstant _person;
    private readonly PackedInstant _bot;
    private readonly PackedInstant _sequence;

    private AnswerTimes(PackedInstant unknown, PackedInstant person, PackedInstant bot, PackedInstant sequence) =>
        (_unknown, _person, _bot, _sequence) = (unknown, person, bot, sequence);

    /// <summary>The latest event that anybody answered; null when no event was answered.</summary>
    public Instant? Latest => Last.Value;

    /// <summary>The latest event that was answered by a person or by an unknown author; null when no such answer is known.</summary>
    public Instant? LatestByPeople => PackedInstant.Later(_unknown, _person).Value;

    internal PackedInstant Last => PackedInstant.Later(PackedInstant.Later(_unknown, _person), PackedInstant.Later(_bot, _sequence));

    /// <summary>One answer.</summary>
    /// <param name="kind">Who gave the answer.</param>
    /// <param name="at">The customer event that it answers; null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is not defined.</exception>
    public static AnswerTimes By(AuthorKind kind, Instant? at)
    {
        var packed = PackedInstant.Of(at);
        return kind switch
        {
            AuthorKind.Unknown => new AnswerTimes(packed, default, default, default),
            AuthorKind.Person => new AnswerTimes(default, packed, default, default),
            AuthorKind.Bot => new AnswerTimes(default, default, packed, default),
            AuthorKind.Sequence => new AnswerTimes(default, default, default, packed),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of author."),
        };
    }

    /// <summary>The latest event that authors of a kind answered; null when no such answer is known.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is not defined.</exception>
    public Instant? Of(AuthorKind kind) => kind switch
    {
        AuthorKind.Unknown => _unknown.Value,
        AuthorKind.Person => _person.Value,
        AuthorKind.Bot => _bot.Value,
        AuthorKind.Sequence => _sequence.Value,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of author."),
    };

    /// <summary>The answers without those of a kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is not defined.</exception>
    public AnswerTimes Without(AuthorKind kind) => kind switch
    {
        AuthorKind.Unknown => new AnswerTimes(default, _person, _bot, _sequence),
        AuthorKind.Person => new AnswerTimes(_unknown, default, _bot, _sequence),
        AuthorKind.Bot => new AnswerTimes(_unknown, _person, default, _sequence),
        AuthorKind.Sequence => new AnswerTimes(_unknown, _person, _bot, default),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of author."),
    };

    /// <summary>Whether at most one kind of author has answered.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="at">What it answered.</param>
    internal bool IsOfOne(out AuthorKind kind, out PackedInstant at)
    {
        at = Last;
        kind = !at.HasValue || at == _unknown ? AuthorKind.Unknown : at == _person ? AuthorKind.Person : at == _bot ? AuthorKind.Bot : AuthorKind.Sequence;
        if (Without(kind) == default)
        {
            return true;
        }

        (kind, at) = (default, default);
        return false;
    }

    static void IJsonForm<AnswerTimes>.WriteJson(Utf8JsonWriter writer, AnswerTimes value, JsonSerializerOptions options)
    {
        var fields = new JsonFields(writer, options);
        writer.WriteStartObject();
        fields.Time(nameof(Latest), value.Latest);
        fields.Time(nameof(LatestByPeople), value.LatestByPeople);
        foreach (var kind in Kinds)
        {
            fields.Time(kind.ToString(), value.Of(kind));
        }

        writer.WriteEndObject();
    }

    static AnswerTimes IJsonForm<AnswerTimes>.ReadJson(JsonElement json, JsonSerializerOptions options)
    {
        var found = new JsonFound(json, options, nameof(AnswerTimes));
        return Kinds.Aggregate(default(AnswerTimes), (known, kind) => Join(known, By(kind, found.Time(kind.ToString()))));
    }

    /// <summary>Joins two values: the result has all facts of both.</summary>
    public static AnswerTimes Join(AnswerTimes left, AnswerTimes right) =>
        new(
            PackedInstant.Later(left._unknown, right._unknown),
            PackedInstant.Later(left._person, right._person),
            PackedInstant.Later(left._bot, right._bot),
            PackedInstant.Later(left._sequence, right._sequence));
}
