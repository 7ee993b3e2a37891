using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What a system notice says about a customer. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/system">Meta, read November 2025.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<SystemNotice>))]
public readonly record struct SystemNotice(string Name) : IJsonText<SystemNotice>
{
    /// <summary>The customer moved to another phone number, and so has another user id.</summary>
    public static SystemNotice NumberChanged { get; } = new("user_changed_number");

    /// <summary>The older word for <see cref="NumberChanged"/>.</summary>
    public static SystemNotice CustomerNumberChanged { get; } = new("customer_changed_number");

    /// <summary>The customer, who hides the phone number, has another user id.</summary>
    public static SystemNotice UserIdChanged { get; } = new("user_changed_user_id");

    /// <summary>The customer's encryption keys changed, as with a new device.</summary>
    public static SystemNotice IdentityChanged { get; } = new("customer_identity_changed");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<SystemNotice>.ToJson(SystemNotice value) => value.Name;

    static SystemNotice? IJsonText<SystemNotice>.FromJson(string? text) => new SystemNotice(text!);
}
