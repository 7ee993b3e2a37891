namespace WhatsSession.Emulator.Sending;

/// <summary>For how long Meta tries to deliver a message to a phone that is off; then it drops the message and says nothing.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/time-to-live, read 10 March 2026.</remarks>
internal static class TimeToLive
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(30);
    private static readonly TimeSpan OfPasswords = TimeSpan.FromMinutes(10);

    /// <param name="category">The price category.</param>
    /// <param name="seconds">What the request asks for; null for nothing.</param>
    public static TimeSpan Of(string category, int? seconds) =>
        seconds is { } asked ? TimeSpan.FromSeconds(asked) : category is "authentication" ? OfPasswords : Usual;
}
