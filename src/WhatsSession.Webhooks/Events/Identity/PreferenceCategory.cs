namespace WhatsSession;

/// <summary>What a customer's choice is about. Open: an unknown value is a value.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/user_preferences">Meta, read November 2025.</see>
/// </remarks>
public readonly record struct PreferenceCategory(string Name)
{
    /// <summary>Marketing messages.</summary>
    public static PreferenceCategory MarketingMessages { get; } = new("marketing_messages");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";
}
