using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>Why a customer sent a contact card. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids">Meta,
/// read 7 May 2026.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<ContactOrigin>))]
public readonly record struct ContactOrigin(string Name) : IJsonText<ContactOrigin>
{
    /// <summary>The business asked for it: the card has the sender's own phone number.</summary>
    public static ContactOrigin Requested { get; } = new("contact_request");

    /// <summary>The customer chose to send it: it may be about anybody.</summary>
    public static ContactOrigin Other { get; } = new("other");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<ContactOrigin>.ToJson(ContactOrigin value) => value.Name;

    static ContactOrigin? IJsonText<ContactOrigin>.FromJson(string? text) => new ContactOrigin(text!);
}
