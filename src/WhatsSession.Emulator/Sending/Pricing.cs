namespace WhatsSession.Emulator;

/// <summary>The <c>pricing</c> object of a status: who pays for a message of a category, at a date.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing/non-template-messages, 1 July 2026.</remarks>
internal static class Pricing
{
    /// <summary>From here on service messages, and utility templates inside the window, are charged.</summary>
    public static readonly DateTimeOffset ServiceCharged = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);

    public static bool IsCharged(string category, bool insideWindow, DateTimeOffset at) =>
        category switch
        {
            "service" => at >= ServiceCharged,
            "utility" => !insideWindow || at >= ServiceCharged,
            _ => true,
        };
}
