namespace WhatsSession;

/// <summary>What a webhook says about the customer, in addition to the message.</summary>
/// <remarks>
/// Immutable to its readers. <see cref="ToString"/> is redacted.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids">Meta, read 7 May 2026.</see>
/// </remarks>
public sealed class Contact
{
    // Kept bare: with a flag for null each would take twice the room.
    private CustomerId _phone;
    private CustomerId _businessScopedId;
    private CustomerId _parentBusinessScopedId;
    private string? _conversationSummary;

    /// <summary>The name that the customer chose; null when absent.</summary>
    public string? Name { get; init; }

    /// <summary>The customer's username, without a leading at sign; null when there is none.</summary>
    public string? Username { get; init; }

    /// <summary>The customer's phone number; null when hidden.</summary>
    public CustomerId? Phone
    {
        get => _phone == default ? null : _phone;
        init => _phone = value.GetValueOrDefault();
    }

    /// <summary>The customer's business-scoped user id; null in older payloads.</summary>
    public CustomerId? BusinessScopedId
    {
        get => _businessScopedId == default ? null : _businessScopedId;
        init => _businessScopedId = value.GetValueOrDefault();
    }

    /// <summary>The customer's id across the portfolios of an enterprise; null for businesses that are not enrolled.</summary>
    public CustomerId? ParentBusinessScopedId
    {
        get => _parentBusinessScopedId == default ? null : _parentBusinessScopedId;
        init => _parentBusinessScopedId = value.GetValueOrDefault();
    }

    /// <summary>The hash of the customer's encryption identity; null unless the number checks identities.</summary>
    public string? IdentityHash { get; init; }

    /// <summary>The summary by Meta's agent when it hands over a conversation; null when absent.</summary>
    public string? ConversationSummary
    {
        get => _conversationSummary;
        init => _conversationSummary = value;
    }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(Contact);

    /// <summary>The summary by Meta's agent. In the JSON it may come after the contact.</summary>
    internal void SetConversationSummary(string summary) => _conversationSummary = summary;

    /// <summary>Adds the identifier next to the contact, if the contact does not have one of its kind.</summary>
    internal Contact Complete(CustomerId customer)
    {
        if (customer.IsPhone && _phone == default)
        {
            _phone = customer;
        }
        else if (!customer.IsPhone && _businessScopedId == default)
        {
            _businessScopedId = customer;
        }

        return this;
    }
}
