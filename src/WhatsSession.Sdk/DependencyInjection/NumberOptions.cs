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

    /// <summary>The template that goes, once for each closed window, when a send names no fallback of its own.</summary>
    public FallbackOptions Fallback { get; } = new();
}
