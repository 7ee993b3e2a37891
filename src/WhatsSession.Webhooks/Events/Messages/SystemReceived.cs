namespace WhatsSession;

/// <summary>WhatsApp reports that something about a customer changed: the number, the user id or the identity. The customer did not write it.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/system">Meta, read November 2026.</see>
/// </remarks>
public sealed class SystemReceived : MessageReceived
{
    private CustomerIdentity? _identity;

    /// <summary>What changed.</summary>
    public SystemNotice Notice { get; init; }

    /// <summary>The notice in words, which name the customer; null when absent.</summary>
    public string? Body { get; init; }

    /// <summary>The phone number after a change; null when hidden or unchanged.</summary>
    public CustomerId? NewPhone { get; init; }

    /// <summary>The business-scoped user id after a change; null when unchanged.</summary>
    public CustomerId? NewBusinessScopedId { get; init; }

    /// <summary>The parent business-scoped user id after a change; null when there is none.</summary>
    public CustomerId? NewParentBusinessScopedId { get; init; }

    /// <summary>
    /// The business-scoped user id until the change; null when Meta does not name it, as before August 2026.
    /// <see cref="CustomerEvent.BusinessScopedId"/> may be the new one already.
    /// </summary>
    public CustomerId? PreviousBusinessScopedId { get; init; }

    /// <summary>The parent business-scoped user id until the change; null when Meta does not name it.</summary>
    public CustomerId? PreviousParentBusinessScopedId { get; init; }

    /// <summary>The new identity; null unless the identity changed.</summary>
    public CustomerIdentity? Identity
    {
        get => _identity;
        init => _identity = value;
    }

    // Beside the old phone number Meta may name the new user id: that pair says nothing of anybody.
    /// <inheritdoc />
    public override IdentityLink? Link =>
        Phone is not { } phone ? null
        : PreviousBusinessScopedId is { } previous ? new IdentityLink(phone, previous)
        : BusinessScopedId == NewBusinessScopedId ? null
        : base.Link;

    /// <summary>The identity next to the notice, if the notice has none.</summary>
    internal void SetIdentity(CustomerIdentity? beside) => _identity ??= beside;
}
