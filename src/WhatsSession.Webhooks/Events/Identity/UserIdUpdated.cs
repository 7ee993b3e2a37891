namespace WhatsSession;

/// <summary>A customer's business-scoped user id changed, as after a change of number. <see cref="CustomerEvent.BusinessScopedId"/> is the new one.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids">Meta, read 7 May 2026.</see>
/// </remarks>
public sealed class UserIdUpdated : CustomerEvent
{
    /// <summary>The user id until now; null when absent.</summary>
    public CustomerId? PreviousBusinessScopedId { get; init; }

    /// <summary>The parent user id until now; null when there is none.</summary>
    public CustomerId? PreviousParentBusinessScopedId { get; init; }

    /// <summary>The change in words, which name the customer; null when absent.</summary>
    public string? Detail { get; init; }

    // Which of the two user ids a phone number beside them belongs to is not documented.
    /// <inheritdoc />
    public override IdentityLink? Link => null;

    // The contact beside it is the customer as known until now.
    internal override CustomerId? ContactUser => PreviousBusinessScopedId ?? BusinessScopedId;
}
