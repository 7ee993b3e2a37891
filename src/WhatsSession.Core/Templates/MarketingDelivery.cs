namespace WhatsSession;

/// <summary>How a marketing template goes through the Marketing Messages API, which optimises who gets it and when.</summary>
/// <remarks>
/// Immutable; equality is by value. Only templates of the category marketing (131055 otherwise);
/// a new template can take ten minutes until it is known there (134101).
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/marketing-messages">Meta, 19 November 2025.</see>
/// </remarks>
public sealed record MarketingDelivery
{
    /// <summary>
    /// Whether the message is refused when the API cannot take it (<c>product_policy: STRICT</c>), in place of being sent as an ordinary message.
    /// </summary>
    /// <value>Null by default: nothing is written, and Meta falls back to the Cloud API; false writes that (<c>CLOUD_API_FALLBACK</c>).</value>
    public bool? IsStrict { get; init; }

    /// <summary>Whether Meta may use what the customer does with the message to optimise (<c>message_activity_sharing</c>).</summary>
    /// <value>Null by default: as the account's settings say.</value>
    public bool? SharesActivity { get; init; }
}
