namespace WhatsSession;

/// <summary>Who called. Open: an unknown value is a value.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/reference">Meta,
/// read November 2025.</see>
/// </remarks>
public readonly record struct CallDirection(string Name)
{
    /// <summary>The customer.</summary>
    public static CallDirection UserInitiated { get; } = new("USER_INITIATED");

    /// <summary>The business.</summary>
    public static CallDirection BusinessInitiated { get; } = new("BUSINESS_INITIATED");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";
}
