using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What an account may not do. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update">Meta, read November 2025.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<RestrictionKind>))]
public readonly record struct RestrictionKind(string Name) : IJsonText<RestrictionKind>
{
    /// <summary>Answer customers, even inside the customer service window.</summary>
    public static RestrictionKind CustomerInitiatedMessaging { get; } = new("RESTRICTED_CUSTOMER_INITIATED_MESSAGING");

    /// <summary>Write to customers outside the customer service window.</summary>
    public static RestrictionKind BusinessInitiatedMessaging { get; } = new("RESTRICTED_BIZ_INITIATED_MESSAGING");

    /// <summary>Add business numbers.</summary>
    public static RestrictionKind AddingNumbers { get; } = new("RESTRICTED_ADD_PHONE_NUMBER_ACTION");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<RestrictionKind>.ToJson(RestrictionKind value) => value.Name;

    static RestrictionKind? IJsonText<RestrictionKind>.FromJson(string? text) => new RestrictionKind(text!);
}
