using WhatsSession.Emulator.Customers;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Numbers;

namespace WhatsSession.Emulator.Sending;

/// <summary>Finds whom a request addresses.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids, 7 May 2026.</remarks>
internal sealed class Addressees(CustomerDirectory customers, GroupDirectory groups)
{
    public GraphError? Find(SendEnvelope envelope, EmulatedNumber sender, out Addressee addressee)
    {
        if (envelope.IsToGroup)
        {
            return FindGroup(envelope.To!, sender, out addressee);
        }

        if (envelope.To is { } to)
        {
            return FindByPhone(to, sender, out addressee);
        }

        var recipient = envelope.Recipient!;
        addressee = new() { Input = recipient, Phone = null, UserId = recipient, Customer = customers.FindByUserId(recipient) };
        return UserIds.IsUserId(recipient) ? null : GraphError.BadValue("'recipient' is not a business-scoped user id.");
    }

    /// <summary>Anyone with a phone number can be written to for the first time.</summary>
    public Person? Meet(in Addressee addressee) =>
        addressee.Customer ?? (addressee.Phone is null || addressee.IsUserIdInTo ? null : customers.GetOrAdd(addressee.Phone));

    private GraphError? FindByPhone(string to, EmulatedNumber sender, out Addressee addressee)
    {
        addressee = default;
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

    private GraphError? FindGroup(string id, EmulatedNumber sender, out Addressee addressee)
    {
        var group = groups.Find(id);
        addressee = new() { Input = id, Phone = null, UserId = null, Customer = null, Group = group };
        return group?.Number == sender ? null : groups.AreEnabled(sender) ? GraphError.GroupUnknown : GraphError.GroupsNotEnabled;
    }
}
