using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>Why a message was not delivered.</summary>
/// <param name="At">When it failed: the timestamp of the status.</param>
/// <param name="Error">What Meta said.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record DeliveryFailure([property: JsonConverter(typeof(JsonTimeConverter))] Instant At, GraphError Error)
{
    /// <summary>What Meta said.</summary>
    public GraphError Error { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "The error is null."); } =
        Error ?? throw new ArgumentNullException(nameof(Error));

    /// <summary>A form for logs.</summary>
    public override string ToString() => Error.ToString();

    /// <summary>
    /// The failure to keep, in whatever order they came: the one with the earlier time, then the lower code. If both are equal, the texts decide, so that
    /// every host keeps the same failure.
    /// </summary>
    internal static DeliveryFailure? Earlier(DeliveryFailure? left, DeliveryFailure? right) =>
        left is null ? right : right is null ? left : Compare(left, right) <= 0 ? left : right;

    private static int Compare(DeliveryFailure left, DeliveryFailure right) =>
        (left.At.CompareTo(right.At), left.Error.Code.CompareTo(right.Error.Code)) switch
        {
            (not 0 and var byTime, _) => byTime,
            (_, not 0 and var byCode) => byCode,
            _ => string.CompareOrdinal(TextOf(left.Error), TextOf(right.Error)),
        };

    private static string TextOf(GraphError error) =>
        string.Join('\n', error.Details, error.Message, error.Subcode, error.Type, error.UserTitle, error.UserMessage, error.TraceId);
}
