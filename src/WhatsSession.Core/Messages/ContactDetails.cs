using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;
using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>One person or business in a <see cref="ContactsMessage"/>.</summary>
/// <param name="Name">The name.</param>
/// <remarks>Immutable. Equality is by value, but the lists compare by reference.</remarks>
public sealed record ContactDetails(ContactName Name)
{
    /// <summary>The name.</summary>
    public ContactName Name { get; init => field = RequiredPart.Of(value); } = RequiredPart.Of(Name);

    /// <summary>Phone numbers.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<ContactPhone> Phones { get; init => field = CopiedList.Checked(value); } = [];

    /// <summary>E-mail addresses.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<ContactEmail> Emails { get; init => field = CopiedList.Checked(value); } = [];

    /// <summary>Postal addresses.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<ContactAddress> Addresses { get; init => field = CopiedList.Checked(value); } = [];

    /// <summary>Web pages.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<ContactUrl> Urls { get; init => field = CopiedList.Checked(value); } = [];

    /// <summary>Where the person works.</summary>
    /// <value>Null by default.</value>
    public ContactOrganization? Organization { get; init; }

    /// <summary>The birthday. It is sent as a date of the ISO calendar; a date of another calendar is converted.</summary>
    /// <value>Null by default.</value>
    [JsonConverter(typeof(JsonTimeConverter))]
    public LocalDate? Birthday { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(ContactDetails);

    internal void Check(ref ViolationList violations, in FieldPath path)
    {
        Name.Check(ref violations, path + ".name");
        for (var i = 0; i < Phones.Count; i++)
        {
            Phones[i].Check(ref violations, $"{path}.phones[{i}]");
        }

        for (var i = 0; i < Emails.Count; i++)
        {
            violations.Required($"{path}.emails[{i}].email", Emails[i].Address);
            violations.Text($"{path}.emails[{i}].type", Emails[i].Type);
        }

        for (var i = 0; i < Urls.Count; i++)
        {
            violations.WebAddress($"{path}.urls[{i}].url", Urls[i].Address);
            violations.Text($"{path}.urls[{i}].type", Urls[i].Type);
        }

        for (var i = 0; i < Addresses.Count; i++)
        {
            Addresses[i].Check(ref violations, $"{path}.addresses[{i}]");
        }

        Organization?.Check(ref violations, path + ".org");
    }
}
