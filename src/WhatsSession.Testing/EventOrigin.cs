using NodaTime;

namespace WhatsSession.Testing;

/// <summary>
/// Where an event of a test comes from: which customer, which business number, and when. Everything has a default, so a test sets only what matters to it.
/// </summary>
/// <remarks>Immutable.</remarks>
public sealed class EventOrigin
{
    /// <summary>The customer of an event that names none.</summary>
    /// <value>15550001234.</value>
    public static CustomerId DefaultCustomer { get; } = CustomerId.Parse("15550001234");

    /// <summary>The business number of an event that names none; <see cref="TestWhatsApp"/> knows it as <c>support</c>.</summary>
    /// <value>314159265358979.</value>
    public static PhoneNumberId DefaultNumber { get; } = PhoneNumberId.Parse("314159265358979");

    /// <summary>The WhatsApp Business Account of an event that names none.</summary>
    /// <value>271828182845904.</value>
    public static BusinessAccountId DefaultAccount { get; } = BusinessAccountId.Parse("271828182845904");

    /// <summary>The time of an event that names none, and the time at which the clock of <see cref="TestWhatsApp"/> starts.</summary>
    /// <value>12:00 UTC on 1 June 2026.</value>
    public static Instant DefaultTime { get; } = Instant.FromUtc(2026, 6, 1, 12, 0);

    /// <summary>The customer.</summary>
    /// <value><see cref="DefaultCustomer"/>.</value>
    public CustomerId Customer { get; init; } = DefaultCustomer;

    /// <summary>The name that the customer chose; null for none.</summary>
    /// <value>Marta Quill.</value>
    public string? Name { get; init; } = "Marta Quill";

    /// <summary>The group in which the customer writes; null for a private conversation.</summary>
    /// <value>null.</value>
    public GroupId? Group { get; init; }

    /// <summary>The business number.</summary>
    /// <value><see cref="DefaultNumber"/>.</value>
    public PhoneNumberId Number { get; init; } = DefaultNumber;

    /// <summary>The WhatsApp Business Account.</summary>
    /// <value><see cref="DefaultAccount"/>.</value>
    public BusinessAccountId Account { get; init; } = DefaultAccount;

    /// <summary>When it happened. Meta gives times in whole seconds.</summary>
    /// <value><see cref="DefaultTime"/>.</value>
    public Instant At { get; init; } = DefaultTime;

    /// <summary>Meta's id of the message. When null, each event gets a new id, so that two events are never the same.</summary>
    /// <value>null.</value>
    public MessageId? MessageId { get; init; }
}
