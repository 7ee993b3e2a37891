using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;
using WhatsSession.Windows;

namespace WhatsSession;

/// <summary>
/// What is known about a conversation's free entry point window. When a customer comes from an ad and the business replies within 24 hours, messages are free
/// for at least 72 hours from the first reply. Since October 2026 some ads give up to 7 days; Meta does not say which ads.
/// </summary>
/// <remarks>
/// It changes only the price, never what may be sent, and it is never extended. <see cref="Join"/> is commutative, associative and idempotent, and
/// <c>default</c> is its neutral element. Equality is by value.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing">Meta, 9 October 2026.</see>
/// </remarks>
public readonly record struct FreeEntryPoint
{
    private readonly PackedInstant _click;
    private readonly PackedInstant _reply;
    private readonly PackedInstant _statedEnd;

    /// <summary>Makes the facts.</summary>
    /// <param name="click">See <see cref="Click"/>.</param>
    /// <param name="firstReply">See <see cref="FirstReply"/>.</param>
    /// <param name="statedEnd">See <see cref="StatedEnd"/>.</param>
    [JsonConstructor]
    public FreeEntryPoint(Instant? click, Instant? firstReply, Instant? statedEnd)
        : this(PackedInstant.Of(click), PackedInstant.Of(firstReply), PackedInstant.Of(statedEnd))
    {
    }

    private FreeEntryPoint(PackedInstant click, PackedInstant reply, PackedInstant statedEnd)
    {
        _click = click;
        _reply = reply;
        _statedEnd = statedEnd;
    }

    /// <summary>How long the window is at least: 72 hours.</summary>
    public static Duration Length { get; } = Duration.FromHours(72);

    /// <summary>How long the window is at most: 7 days.</summary>
    public static Duration MaximumLength { get; } = Duration.FromDays(7);

    /// <summary>When the customer's latest message from an ad was sent; null when none is known.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? Click => _click.Value;

    /// <summary>The earliest reply to that message within 24 hours of it; null when none is known.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? FirstReply => _reply.Value;

    /// <summary>The latest end that Meta itself stated in a status; null when it stated none.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? StatedEnd => _statedEnd.Value;

    /// <summary>
    /// The time until which the window is certainly open: 72 hours after the first reply, or longer if Meta stated it, but never longer than 7 days. Null when
    /// there is no window.
    /// </summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? EndsAt => FirstReply is not { } reply ? StatedOfClick
        : Instant.Min(Instant.Max(reply + Length, StatedOfClick ?? Instant.MinValue), reply + MaximumLength);

    /// <summary>
    /// The latest time until which the window may be open: 7 days after the first reply, or <see cref="EndsAt"/> when Meta has stated an end. Null when there
    /// is no window.
    /// </summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? MayEndAt => FirstReply is { } reply && (StatedOfClick is not { } stated || stated < reply + Length) ? reply + MaximumLength : EndsAt;

    // An end that is no later than the click belongs to an earlier window.
    private Instant? StatedOfClick => PackedInstant.IsLater(_statedEnd, _click) ? _statedEnd.Value : null;

    /// <summary>Joins two values: the later click with its reply. If both have the same click, the earlier reply counts.</summary>
    public static FreeEntryPoint Join(FreeEntryPoint left, FreeEntryPoint right)
    {
        var reply = left._click == right._click ? PackedInstant.Earlier(left._reply, right._reply)
            : PackedInstant.IsLater(left._click, right._click) ? left._reply
            : right._reply;
        return new FreeEntryPoint(PackedInstant.Later(left._click, right._click), reply, PackedInstant.Later(left._statedEnd, right._statedEnd));
    }

    /// <summary>The fact that the business replied, to be joined. It is <c>default</c> when the reply opens no window.</summary>
    /// <param name="at">When the reply was sent.</param>
    public FreeEntryPoint ReplyAt(Instant at) =>
        Click is { } click && at >= click && at < CustomerServiceWindow.ClosesAt(click) ? new FreeEntryPoint(click, at, statedEnd: null) : default;
}
