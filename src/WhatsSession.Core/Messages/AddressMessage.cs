using System.Collections.ObjectModel;
using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A text with a button to a form for a delivery address. For business and customer numbers of India.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/address-messages">Meta, read November 2025.</see>
/// The names of the fields, such as <c>in_pin_code</c>, are Meta's.
/// </remarks>
public sealed record AddressMessage : InteractiveMessage
{
    /// <summary>Makes the message.</summary>
    /// <param name="body">The text above the button: 1 to 1,024 characters.</param>
    /// <param name="country">
    /// The country's two capital letters of ISO 3166: <c>IN</c>. The customer's number must be from this country. <c>SG</c> is accepted too, because it is not
    /// confirmed that Meta has dropped it.
    /// </param>
    public AddressMessage(string body, string country)
        : base(body) => Country = country;

    /// <summary>The country's two letters.</summary>
    public string Country { get; init; }

    /// <summary>The values that the form is filled with, by Meta's names of the fields.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyDictionary<string, string> Values { get; init => field = RequiredPart.Checked(value); } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Known addresses of this customer, to choose from.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<SavedAddress> SavedAddresses { get; init => field = CopiedList.Checked(value); } = [];

    /// <summary>
    /// What was wrong with an earlier answer: your texts, by Meta's names of the fields. The form stays open until the customer corrects the fields.
    /// </summary>
    /// <value>Empty by default.</value>
    public IReadOnlyDictionary<string, string> ValidationErrors { get; init => field = RequiredPart.Checked(value); } =
        ReadOnlyDictionary<string, string>.Empty;

    /// <inheritdoc />
    public override string InteractiveKind => "address_message";

    private string? CallingCode => Country switch
    {
        "IN" => "91",
        "SG" => "65",
        _ => null,
    };

    private protected override void Check(ref ViolationList violations)
    {
        base.Check(ref violations);
        if (CallingCode is null)
        {
            violations.Add("interactive.action.parameters.country", "is neither IN nor SG, the countries of the form");
        }

        for (var i = 0; i < SavedAddresses.Count; i++)
        {
            violations.Required($"interactive.action.parameters.saved_addresses[{i}].id", SavedAddresses[i].Id);
            violations.Texts($"interactive.action.parameters.saved_addresses[{i}].value", SavedAddresses[i].Values);
        }

        violations.Texts("interactive.action.parameters.values", Values);
        violations.Texts("interactive.action.parameters.validation_errors", ValidationErrors);
    }

    private protected override void CheckParty(ref ViolationList violations, ConversationKey conversation)
    {
        base.CheckParty(ref violations, conversation);
        if (CallingCode is { } code && conversation.Customer is { IsPhone: true } customer && !customer.Value.StartsWith(code, StringComparison.Ordinal))
        {
            violations.Add("to", "is not a number of the country of the address form");
        }
    }
}
