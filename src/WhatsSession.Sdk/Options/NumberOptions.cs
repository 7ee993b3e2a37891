namespace WhatsSession;

/// <summary>One business number.</summary>
public sealed class NumberOptions
{
    /// <summary>Meta's id of the number: digits. Not the phone number itself.</summary>
    public string PhoneNumberId { get; set; } = "";

    /// <summary>The access token to send with.</summary>
    public string AccessToken { get; set; } = "";

    /// <summary>The id of the WhatsApp Business Account (WABA), for template endpoints.</summary>
    /// <value>Null by default.</value>
    public string? BusinessAccountId { get; set; }

    /// <summary>The account for which messages are sent, when several partners use one number (<c>messaging_account_id</c>).</summary>
    /// <value>Null by default: it is not sent.</value>
    public string? MessagingAccountId { get; set; }

    /// <summary>
    /// The Meta app that delivers this number's webhooks: its name in <see cref="WhatsSessionOptions.Apps"/>, or <c>main</c> for
    /// <see cref="WhatsSessionOptions.AppSecret"/>. A webhook signed with another app's secret is refused completely if it contains an event of this number,
    /// or an event that belongs only to its WhatsApp Business Account.
    /// </summary>
    /// <value>Null by default: webhooks of any app are accepted.</value>
    public string? App { get; set; }

    /// <summary>
    /// The template that is sent when the window is closed and the send names no fallback of its own. It is sent once for each closed window.
    /// </summary>
    public FallbackOptions Fallback { get; } = new();
}
