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

    /// <summary>The account on whose behalf messages go, where several partners use one number (<c>messaging_account_id</c>).</summary>
    /// <value>Null by default: it is left out.</value>
    public string? MessagingAccountId { get; set; }

    /// <summary>
    /// The name in <see cref="WhatsSessionOptions.Apps"/> of the Meta app whose webhooks bring this number's events,
    /// <c>main</c> for <see cref="WhatsSessionOptions.AppSecret"/>. A webhook that another app's secret signed is refused whole when it has an event of this
    /// number, or of its WhatsApp Business Account alone.
    /// </summary>
    /// <value>Null by default: any app's.</value>
    public string? App { get; set; }

    /// <summary>The template that goes, once for each closed window, when a send names no fallback of its own.</summary>
    public FallbackOptions Fallback { get; } = new();
}
