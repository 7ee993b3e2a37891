namespace WhatsSession;

/// <summary>How a marketing template is sent through the Marketing Messages API. This API optimises who gets the message and when.</summary>
/// <remarks>
/// Immutable; equality is by value. Only for templates of the category marketing (131055 otherwise). The API may need up to ten minutes to know a new template
/// (134101 until then).
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/marketing-messages">Meta, 19 November 2025.</see>
/// </remarks>
public sealed record MarketingDelivery
{
    /// <summary>
    /// Whether the message is refused when the API cannot send it (<c>product_policy: STRICT</c>). Otherwise it is sent as an ordinary message.
    /// </summary>
    /// <value>Null by default: the request has no policy, and Meta falls back to the Cloud API. False writes this policy (<c>CLOUD_API_FALLBACK</c>).</value>
    public bool? IsStrict { get; init; }

    /// <summary>Whether Meta may use the customer's activity with the message for optimisation (<c>message_activity_sharing</c>).</summary>
    /// <value>Null by default: as the account's settings say.</value>
    public bool? SharesActivity { get; init; }
}
