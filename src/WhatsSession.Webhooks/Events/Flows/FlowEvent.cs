using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What happened to a flow. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/flows">Meta,
/// read November 2025.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<FlowEvent>))]
public readonly record struct FlowEvent(string Name) : IJsonText<FlowEvent>
{
    /// <summary>Its status changed.</summary>
    public static FlowEvent StatusChanged { get; } = new("FLOW_STATUS_CHANGE");

    /// <summary>It fails too often on devices.</summary>
    public static FlowEvent ClientErrorRate { get; } = new("CLIENT_ERROR_RATE");

    /// <summary>Its endpoint fails too often.</summary>
    public static FlowEvent EndpointErrorRate { get; } = new("ENDPOINT_ERROR_RATE");

    /// <summary>Its endpoint is too slow.</summary>
    public static FlowEvent EndpointLatency { get; } = new("ENDPOINT_LATENCY");

    /// <summary>Its endpoint is unavailable too often.</summary>
    public static FlowEvent EndpointAvailability { get; } = new("ENDPOINT_AVAILABILITY");

    /// <summary>Its version will be frozen.</summary>
    public static FlowEvent VersionFreezeWarning { get; } = new("FLOW_VERSION_FREEZE_WARNING");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<FlowEvent>.ToJson(FlowEvent value) => value.Name;

    static FlowEvent? IJsonText<FlowEvent>.FromJson(string? text) => new FlowEvent(text!);
}
