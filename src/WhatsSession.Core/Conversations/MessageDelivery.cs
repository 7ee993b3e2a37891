using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Conversations;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>
/// What the statuses have told about one message: the set of statuses, each with its earliest time. The properties are computed from this set, so a status
/// that arrives late never undoes one that says more.
/// </summary>
/// <remarks>
/// <see cref="Join"/> is commutative, associative and idempotent, and <see cref="None"/> is its neutral element. Immutable; equality is by value. In a group a
/// status counts if it came for any member.
/// </remarks>
[JsonConverter(typeof(JsonFormConverter<MessageDelivery>))]
public sealed record MessageDelivery : IJsonForm<MessageDelivery>
{
    private readonly DeliveryMark[] _marks;

    private MessageDelivery(DeliveryMark[] marks, DeliveryFailure? failure)
    {
        _marks = marks;
        Failure = failure;
    }

    /// <summary>A message without a status.</summary>
    public static MessageDelivery None { get; } = new([], failure: null);

    /// <summary>The statuses with their earliest times, ordered by name.</summary>
    public IReadOnlyList<DeliveryMark> Marks => _marks;

    /// <summary>
    /// Why it failed: the earliest error. If several have the same time, it is the one with the lowest code. Null when no status had an error.
    /// </summary>
    public DeliveryFailure? Failure { get; private init; }

    /// <summary>How far the message has come: the status that says most; <see cref="DeliveryStatus.Accepted"/> when there is none.</summary>
    public DeliveryStatus Status
    {
        get
        {
            var best = DeliveryStatus.Accepted;
            foreach (var mark in _marks)
            {
                best = Rank(mark.Status) > Rank(best) ? mark.Status : best;
            }

            return best;
        }
    }

    /// <summary>Whether the message reached the customer: delivered, read or played.</summary>
    public bool IsDelivered => Rank(Status) > Rank(DeliveryStatus.Failed);

    /// <summary>Whether Meta could not deliver it.</summary>
    public bool IsFailed => Status == DeliveryStatus.Failed;

    /// <summary>The facts of one status.</summary>
    /// <param name="status">The status.</param>
    /// <param name="at">The timestamp of the status.</param>
    /// <param name="error">Its error; null when it has none.</param>
    public static MessageDelivery Of(DeliveryStatus status, Instant at, GraphError? error) =>
        new([new DeliveryMark(status, at)], error is null ? null : new DeliveryFailure(at, error));

    /// <summary>Makes a delivery from what a store kept.</summary>
    /// <param name="marks">The statuses in any order. If a status occurs more than once, its earliest time counts.</param>
    /// <param name="failure">The error; null when there was none.</param>
    public static MessageDelivery Restore(IEnumerable<DeliveryMark> marks, DeliveryFailure? failure)
    {
        ArgumentNullException.ThrowIfNull(marks);
        return new MessageDelivery(
            [
                .. marks.GroupBy(static mark => mark.Status)
                    .Select(static group => group.MinBy(static mark => mark.At))
                    .OrderBy(static mark => mark.Status.Name, StringComparer.Ordinal),
            ],
            failure);
    }

    /// <summary>Joins two deliveries: the result has all statuses of both.</summary>
    public static MessageDelivery Join(MessageDelivery left, MessageDelivery right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return right._marks.Length == 0 && right.Failure is null ? left
            : left._marks.Length == 0 && left.Failure is null ? right
            : Restore(left._marks.Concat(right._marks), DeliveryFailure.Earlier(left.Failure, right.Failure));
    }

    /// <summary>When the message reached a status first; null when it did not.</summary>
    public Instant? At(DeliveryStatus status)
    {
        foreach (var mark in _marks)
        {
            if (mark.Status == status)
            {
                return mark.At;
            }
        }

        return null;
    }

    /// <inheritdoc />
    public bool Equals(MessageDelivery? other) => other is not null && Failure == other.Failure && _marks.AsSpan().SequenceEqual(other._marks);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(_marks.Length, Status, Failure);

    /// <summary>The status, with the error if there is one.</summary>
    public override string ToString() => Failure is { } failure && IsFailed ? $"{Status}: {failure.Error}" : Status.ToString();

    static void IJsonForm<MessageDelivery>.WriteJson(Utf8JsonWriter writer, MessageDelivery value, JsonSerializerOptions options) =>
        MessageDeliveryForm.Write(writer, value, options);

    static MessageDelivery IJsonForm<MessageDelivery>.ReadJson(JsonElement json, JsonSerializerOptions options) => MessageDeliveryForm.Read(json, options);

    // What is delivered was not lost, whatever else was told of it. A word of tomorrow says more than nothing and less than what is known.
    private static int Rank(DeliveryStatus status) => status.Name switch
    {
        "played" => 6,
        "read" => 5,
        "delivered" => 4,
        "failed" => 3,
        "sent" => 2,
        "accepted" => 0,
        _ => 1,
    };
}
