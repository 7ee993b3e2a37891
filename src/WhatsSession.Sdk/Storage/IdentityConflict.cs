using System.Text.Json;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// The SDK reports that a phone number belongs to two customers, for example because it got a new owner. Or the owner of a dialled number is not clear,
/// because Meta named two canonical forms for it, or named it as a customer's own number. Facts that are known only by the phone number then belong to neither
/// customer, and earlier facts are hidden, so that nobody sees messages of another customer.
/// </summary>
/// <remarks>Raised once per business number and phone number.</remarks>
public sealed class IdentityConflict : WhatsAppEvent
{
    internal const string FieldName = "identity_conflict";

    /// <summary>Makes the event by hand, for a test of a handler.</summary>
    /// <param name="number">The business number.</param>
    /// <param name="phone">The phone number.</param>
    /// <param name="one">One of the customers.</param>
    /// <param name="other">Another one.</param>
    /// <param name="at">When it became known.</param>
    public IdentityConflict(PhoneNumberId number, CustomerId phone, CustomerId one, CustomerId other, Instant at)
        : this(ToEvent(number, phone, one, other, at))
    {
    }

    internal IdentityConflict(StoredEvent stored)
        : base(stored.ToKept())
    {
        using var document = JsonDocument.Parse(stored.Raw);
        var root = document.RootElement;
        Phone = CustomerId.Parse(root.FindText("phone")!);
        First = CustomerId.Parse(root.FindText("first")!);
        Second = CustomerId.Parse(root.FindText("second")!);
    }

    /// <summary>The phone number.</summary>
    public CustomerId Phone { get; }

    /// <summary>One of the customers: a BSUID, or for a dialled number one of the forms that Meta named.</summary>
    public CustomerId First { get; }

    /// <summary>The other one.</summary>
    public CustomerId Second { get; }

    /// <summary>The event for a store to put into the outbox; its key is the phone number, so it is raised once.</summary>
    /// <param name="number">The business number.</param>
    /// <param name="phone">The phone number.</param>
    /// <param name="one">One of the customers.</param>
    /// <param name="other">Another one. The first of the two is the smaller one by ordinal comparison, in whatever order they became known.</param>
    /// <param name="now">When the store found it.</param>
    public static StoredEvent ToEvent(PhoneNumberId number, CustomerId phone, CustomerId one, CustomerId other, Instant now)
    {
        var (first, second) = string.CompareOrdinal(one.Value, other.Value) < 0 ? (one, other) : (other, one);
        return StoredEvent.OfEngine(
            FieldName,
            number,
            conversation: null,
            phone.Value,
            now,
            writer =>
            {
                writer.WriteString("phone"u8, phone.Value);
                writer.WriteString("first"u8, first.Value);
                writer.WriteString("second"u8, second.Value);
            },
            new EventFacts { Parties = [.. new[] { phone, first, second }.Select(customer => new ConversationKey(number, customer).Party)] });
    }
}
