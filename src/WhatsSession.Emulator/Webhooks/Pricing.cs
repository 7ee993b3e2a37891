namespace WhatsSession.Emulator.Webhooks;

/// <summary>The <c>pricing</c> object of a status: who pays for a message of a category, at a date.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing/non-template-messages, 1 July 2026.</remarks>
internal static class Pricing
{
    /// <summary>
    /// The first day on which everything here holds: per-message prices since 1
    /// July 2025, and no <c>conversation</c> in statuses but for free entry points.
    /// </summary>
    /// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/changelog, 8 October 2025.</remarks>
    public static readonly DateTimeOffset Since = new(2025, 10, 8, 0, 0, 0, TimeSpan.Zero);

    /// <summary>From here on service messages, and utility templates inside the window, are charged.</summary>
    public static readonly DateTimeOffset ServiceCharged = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>From here on statuses mark what governments and other exempt businesses do not pay.</summary>
    /// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/changelog, 12 October 2026.</remarks>
    public static readonly DateTimeOffset ExemptionMarked = new(2026, 10, 12, 0, 0, 0, TimeSpan.Zero);

    /// <param name="category">The price category.</param>
    /// <param name="insideWindow">Whether the customer service window is open.</param>
    /// <param name="isDirectSend">Whether Meta made the template: it has the price of one outside the window.</param>
    /// <param name="at">When.</param>
    public static bool IsCharged(string category, bool insideWindow, bool isDirectSend, DateTimeOffset at) =>
        category switch
        {
            "service" => at >= ServiceCharged,
            "utility" => !insideWindow || isDirectSend || at >= ServiceCharged,
            _ => true,
        };
}
