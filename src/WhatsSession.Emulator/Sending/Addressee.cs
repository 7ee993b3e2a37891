namespace WhatsSession.Emulator;

/// <summary>Whom a request addresses.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids, 7 May 2026.</remarks>
internal readonly record struct Addressee
{
    /// <summary>As the request names them.</summary>
    public required string Input { get; init; }

    /// <summary>The digits, when addressed by <c>to</c>.</summary>
    public required string? Phone { get; init; }

    /// <summary>The BSUID, when addressed by <c>recipient</c>.</summary>
    public required string? UserId { get; init; }

    /// <summary>Null when the emulator does not know them yet.</summary>
    public required EmulatedCustomer? Customer { get; init; }

    /// <summary>The group, when one is addressed.</summary>
    public EmulatedGroup? Group { get; init; }

    /// <summary>A BSUID was put in <c>to</c>: Meta keeps its digits, accepts, and then finds nobody.</summary>
    public bool IsUserIdInTo { get; init; }

    /// <summary>Anyone with a phone number can be written to for the first time.</summary>
    public EmulatedCustomer? Meet(CustomerDirectory customers) => Phone is null || IsUserIdInTo ? null : customers.GetOrAdd(Phone);

    public static GraphError? Find(SendEnvelope envelope, MetaSide meta, EmulatedNumber sender, out Addressee addressee)
    {
        addressee = default;
        if (envelope.IsToGroup)
        {
            return FindGroup(envelope.To!, meta.Groups, sender, out addressee);
        }

        var customers = meta.Customers;
        if (envelope.To is { } to)
        {
            if (UserIds.IsUserId(to) && to.AsSpan().ContainsAnyInRange('0', '9'))
            {
                addressee = new() { Input = to, Phone = string.Concat(to.Where(char.IsAsciiDigit)), UserId = null, Customer = null, IsUserIdInTo = true };
                return null;
            }

            if (PhoneDigits.Find(to) is not { } digits)
            {
                return GraphError.BadValue("'to' is not a phone number.");
            }

            addressee = new() { Input = to, Phone = digits, UserId = null, Customer = customers.Find(digits) };
            return string.Equals(digits, sender.DisplayPhoneNumber, StringComparison.Ordinal) ? GraphError.SenderIsRecipient : null;
        }

        var recipient = envelope.Recipient!;
        addressee = new() { Input = recipient, Phone = null, UserId = recipient, Customer = customers.FindByUserId(recipient) };
        return UserIds.IsUserId(recipient) ? null : GraphError.BadValue("'recipient' is not a business-scoped user id.");
    }

    private static GraphError? FindGroup(string id, GroupDirectory groups, EmulatedNumber sender, out Addressee addressee)
    {
        var group = groups.Find(id);
        addressee = new() { Input = id, Phone = null, UserId = null, Customer = null, Group = group };
        return group?.Number == sender ? null : groups.AreEnabled(sender) ? GraphError.GroupUnknown : GraphError.GroupsNotEnabled;
    }
}
