using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>Meta's notice on whether an account may answer customers (<c>RESTRICTED_CUSTOMER_INITIATED_MESSAGING</c>). The latest notice counts.</summary>
/// <param name="At">When Meta said it.</param>
/// <param name="Applies">Whether the account is restricted; false when a later notice no longer names the restriction.</param>
/// <param name="Until">When the restriction ends; null when Meta named no end.</param>
/// <remarks>
/// <see cref="Later"/> is commutative, associative and idempotent. Equality is by value.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update">Meta, read November 2025.</see>
/// </remarks>
public sealed record MessagingRestriction(
    [property: JsonConverter(typeof(JsonTimeConverter))] Instant At,
    bool Applies,
    [property: JsonConverter(typeof(JsonTimeConverter))] Instant? Until)
{
    /// <summary>Whether session messages are refused at a moment.</summary>
    public bool IsInForce(Instant now) => Applies && (Until is not { } end || now < end);

    /// <summary>The notice that counts: the later one. If both have the same time, it is the stricter one.</summary>
    public static MessagingRestriction? Later(MessagingRestriction? left, MessagingRestriction? right)
    {
        if (left is null || right is null)
        {
            return left ?? right;
        }

        return left.At != right.At ? (left.At > right.At ? left : right)
            : left.Applies != right.Applies ? (left.Applies ? left : right)
            : (left.Until ?? Instant.MaxValue) >= (right.Until ?? Instant.MaxValue) ? left
            : right;
    }
}
