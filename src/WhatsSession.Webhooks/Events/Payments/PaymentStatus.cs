using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>How far a payment has come. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word in lower case.</param>
/// <remarks>
/// Equality is ordinal on the name.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/payments">Meta, read November 2026.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<PaymentStatus>))]
public readonly record struct PaymentStatus(string Name) : IJsonText<PaymentStatus>
{
    /// <summary>The customer has begun to pay.</summary>
    public static PaymentStatus Pending { get; } = new("pending");

    /// <summary>Paid.</summary>
    public static PaymentStatus Captured { get; } = new("captured");

    /// <summary>Not paid; the customer may try again.</summary>
    public static PaymentStatus Failed { get; } = new("failed");

    /// <summary>The order was canceled, so it can no longer be paid.</summary>
    public static PaymentStatus Canceled { get; } = new("canceled");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<PaymentStatus>.ToJson(PaymentStatus value) => value.Name;

    static PaymentStatus? IJsonText<PaymentStatus>.FromJson(string? text) => new PaymentStatus(text!);
}
