namespace WhatsSession;

/// <summary>An event that concerns one customer, or the group that a customer writes in.</summary>
public abstract class CustomerEvent : WhatsAppEvent
{
    // Kept bare, as in the base.
    private CustomerId _phone;
    private CustomerId _businessScopedId;
    private CustomerId _parentBusinessScopedId;
    private GroupId _group;
    private Contact? _contact;

    /// <summary>Makes one with nothing in it: the properties are set where it is made.</summary>
    protected CustomerEvent()
    {
    }

    /// <summary>The customer's phone number; null when the customer hides it.</summary>
    public CustomerId? Phone
    {
        get => _phone == default ? null : _phone;
        init => _phone = value.GetValueOrDefault();
    }

    /// <summary>The customer's business-scoped user id; null in payloads from before April 2026.</summary>
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

    /// <summary>The group; null in a private conversation.</summary>
    public GroupId? Group
    {
        get => _group == default ? null : _group;
        init => _group = value.GetValueOrDefault();
    }

    /// <summary>What the payload says about the customer; null when it says nothing.</summary>
    public Contact? Contact
    {
        get => _contact;
        init => _contact = value;
    }

    /// <summary>The customer: the BSUID if there is one, otherwise the phone number. Null when Meta named neither.</summary>
    public CustomerId? Customer => BusinessScopedId ?? Phone;

    /// <inheritdoc />
    public override ConversationKey? Conversation =>
        Number is not { } number ? null
        : Group is { } group ? new ConversationKey(number, group)
        : Customer is { } customer ? new ConversationKey(number, customer)
        : null;

    /// <summary>The phone number of the contact that belongs to the event.</summary>
    internal virtual CustomerId? ContactPhone => Phone;

    /// <summary>The user id of the contact that belongs to the event.</summary>
    internal virtual CustomerId? ContactUser => BusinessScopedId;

    /// <inheritdoc />
    public override IdentityLink? Link => Phone is { } phone && BusinessScopedId is { } businessScopedId ? new IdentityLink(phone, businessScopedId) : null;

    /// <summary>The customer or group that it concerns.</summary>
    internal void SetCustomer(CustomerId? phone, CustomerId? businessScopedId, CustomerId? parentBusinessScopedId, GroupId? group)
    {
        _phone = phone.GetValueOrDefault();
        _businessScopedId = businessScopedId.GetValueOrDefault();
        _parentBusinessScopedId = parentBusinessScopedId.GetValueOrDefault();
        _group = group.GetValueOrDefault();
    }

    /// <summary>What the payload says about the customer. In the JSON it may come after the event.</summary>
    internal void SetContact(Contact? contact) => _contact = contact;
}
