using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The state of a ban. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update">Meta, read November 2025.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<BanState>))]
public readonly record struct BanState(string Name) : IJsonText<BanState>
{
    /// <summary>The account is banned.</summary>
    public static BanState Disabled { get; } = new("DISABLE");

    /// <summary>The account is no longer banned.</summary>
    public static BanState Reinstated { get; } = new("REINSTATE");

    /// <summary>The account will be banned.</summary>
    public static BanState Scheduled { get; } = new("SCHEDULE_FOR_DISABLE");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<BanState>.ToJson(BanState value) => value.Name;

    static BanState? IJsonText<BanState>.FromJson(string? text) => new BanState(text!);
}
