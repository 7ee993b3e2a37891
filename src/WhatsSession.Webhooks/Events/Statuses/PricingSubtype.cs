using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>Why a message of a charged kind is free. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing">Meta, read November 2026.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<PricingSubtype>))]
public readonly record struct PricingSubtype(string Name) : IJsonText<PricingSubtype>
{
    /// <summary>The business is a government or a non-profit: free until the end of 2027.</summary>
    public static PricingSubtype PaidExempt { get; } = new("paid_exempt");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<PricingSubtype>.ToJson(PricingSubtype value) => value.Name;

    static PricingSubtype? IJsonText<PricingSubtype>.FromJson(string? text) => new PricingSubtype(text!);
}
