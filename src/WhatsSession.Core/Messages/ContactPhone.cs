using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A phone number of a contact.</summary>
/// <param name="Number">The number as it is shown.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record ContactPhone(string Number)
{
    /// <summary>The number on WhatsApp. With it the contact has a button to send a message; without it the contact has a button to invite.</summary>
    /// <value>Null by default.</value>
    public CustomerId? WhatsAppId { get; init; }

    /// <summary>The kind of number, such as <c>CELL</c>, <c>MAIN</c>, <c>IPHONE</c>, <c>HOME</c> or <c>WORK</c>.</summary>
    /// <value>Null by default.</value>
    public string? Type { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(ContactPhone);

    internal void Check(ref ViolationList violations, in FieldPath path)
    {
        violations.Required(path + ".phone", Number);
        violations.Text(path + ".type", Type);
        if (WhatsAppId is { IsPhone: false })
        {
            violations.Add(path + ".wa_id", "is not a phone number");
        }
    }
}
