namespace WhatsSession;

/// <summary>What a webhook says of the customer beside the message.</summary>
/// <remarks>Immutable to its readers. <see cref="ToString"/> is redacted. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids">Meta, read 7 May 2026.</see></remarks>
public sealed class Contact
{
    // Kept bare: with a flag for null each would take twice the room.
    private CustomerId _phone;
    private CustomerId _businessScopedId;
    private CustomerId _parentBusinessScopedId;

    /// <summary>The name that the customer chose; null when absent.</summary>
    public string? Name { get; internal set; }

    /// <summary>The username that the customer adopted, without a leading at sign; null when there is none.</summary>
    public string? Username { get; internal set; }

    /// <summary>The customer's phone number; null when hidden.</summary>
    public CustomerId? Phone
    {
        get => _phone == default ? null : _phone;
        internal set => _phone = value.GetValueOrDefault();
    }

    /// <summary>The customer's business-scoped user id; null in older payloads.</summary>
    public CustomerId? BusinessScopedId
    {
        get => _businessScopedId == default ? null : _businessScopedId;
        internal set => _businessScopedId = value.GetValueOrDefault();
    }

    /// <summary>The customer's id across the portfolios of an enterprise; null for businesses that are not enrolled.</summary>
    public CustomerId? ParentBusinessScopedId
    {
        get => _parentBusinessScopedId == default ? null : _parentBusinessScopedId;
        internal set => _parentBusinessScopedId = value.GetValueOrDefault();
    }

    /// <summary>The hash of the customer's encryption identity; null unless the number checks identities.</summary>
    public string? IdentityHash { get; internal set; }

    /// <summary>What Meta's agent says of the conversation so far, where it hands one over; null when absent.</summary>
    public string? ConversationSummary { get; internal set; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(Contact);
}
