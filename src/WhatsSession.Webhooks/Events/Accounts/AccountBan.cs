namespace WhatsSession;

/// <summary>The ban of an account.</summary>
/// <remarks>
/// Immutable to its readers. <see cref="ToString"/> is redacted.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update">Meta, read November 2025.</see>
/// </remarks>
public sealed class AccountBan
{
    /// <summary>What it is.</summary>
    public BanState State { get; init; }

    /// <summary>The day, in Meta's words, such as <c>April 17, 2025</c>; null when absent.</summary>
    public string? Date { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(AccountBan);
}
