using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>Whether a message is charged. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing">Meta, read November 2026.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<PricingType>))]
public readonly record struct PricingType(string Name) : IJsonText<PricingType>
{
    /// <summary>Charged.</summary>
    public static PricingType Regular { get; } = new("regular");

    /// <summary>A free session message. Since October 2026 these are the number's first 1,000 of the month; before that, all inside a window.</summary>
    public static PricingType FreeCustomerService { get; } = new("free_customer_service");

    /// <summary>Free inside a free entry point window.</summary>
    public static PricingType FreeEntryPoint { get; } = new("free_entry_point");

    /// <summary>The same as <see cref="FreeCustomerService"/>, in a group.</summary>
    public static PricingType FreeGroupCustomerService { get; } = new("free_group_customer_service");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<PricingType>.ToJson(PricingType value) => value.Name;

    static PricingType? IJsonText<PricingType>.FromJson(string? text) => new PricingType(text!);
}
