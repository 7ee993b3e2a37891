using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What happened to the quality of a business number. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/phone_number_quality_update">Meta,
/// read November 2025.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<PhoneNumberQualityEvent>))]
public readonly record struct PhoneNumberQualityEvent(string Name) : IJsonText<PhoneNumberQualityEvent>
{
    /// <summary>The number was registered.</summary>
    public static PhoneNumberQualityEvent Onboarding { get; } = new("ONBOARDING");

    /// <summary>The number may send faster.</summary>
    public static PhoneNumberQualityEvent ThroughputUpgrade { get; } = new("THROUGHPUT_UPGRADE");

    /// <summary>The limit was raised.</summary>
    public static PhoneNumberQualityEvent Upgrade { get; } = new("UPGRADE");

    /// <summary>The limit was lowered.</summary>
    public static PhoneNumberQualityEvent Downgrade { get; } = new("DOWNGRADE");

    /// <summary>The quality is low.</summary>
    public static PhoneNumberQualityEvent Flagged { get; } = new("FLAGGED");

    /// <summary>The quality is no longer low.</summary>
    public static PhoneNumberQualityEvent Unflagged { get; } = new("UNFLAGGED");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<PhoneNumberQualityEvent>.ToJson(PhoneNumberQualityEvent value) => value.Name;

    static PhoneNumberQualityEvent? IJsonText<PhoneNumberQualityEvent>.FromJson(string? text) => new PhoneNumberQualityEvent(text!);
}
