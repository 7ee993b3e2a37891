using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>How far a message has come, in Meta's word. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word in lower case.</param>
/// <remarks>Equality is ordinal on the name.</remarks>
[JsonConverter(typeof(JsonTextConverter<DeliveryStatus>))]
public readonly record struct DeliveryStatus(string Name) : IJsonText<DeliveryStatus>
{
    /// <summary>Accepted by Meta; no status has arrived yet. Meta sends no status with this name.</summary>
    public static DeliveryStatus Accepted { get; } = new("accepted");

    /// <summary>Handed to WhatsApp's servers.</summary>
    public static DeliveryStatus Sent { get; } = new("sent");

    /// <summary>On the customer's device.</summary>
    public static DeliveryStatus Delivered { get; } = new("delivered");

    /// <summary>Shown to the customer.</summary>
    public static DeliveryStatus Read { get; } = new("read");

    /// <summary>A voice note that the customer played.</summary>
    public static DeliveryStatus Played { get; } = new("played");

    /// <summary>Not delivered; the error says why.</summary>
    public static DeliveryStatus Failed { get; } = new("failed");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<DeliveryStatus>.ToJson(DeliveryStatus value) => value.Name;

    static DeliveryStatus? IJsonText<DeliveryStatus>.FromJson(string? text) => new DeliveryStatus(text!);
}
