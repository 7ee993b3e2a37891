using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What Meta prices. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing">Meta,
/// read November 2025.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<PricingModel>))]
public readonly record struct PricingModel(string Name) : IJsonText<PricingModel>
{
    /// <summary>Messages, since July 2025.</summary>
    public static PricingModel PerMessage { get; } = new("PMP");

    /// <summary>Conversations, before July 2025.</summary>
    public static PricingModel PerConversation { get; } = new("CBP");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<PricingModel>.ToJson(PricingModel value) => value.Name;

    static PricingModel? IJsonText<PricingModel>.FromJson(string? text) => new PricingModel(text!);
}
