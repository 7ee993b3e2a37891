using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The role that controls a thread. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messaging_handovers">Meta, read August 2026.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<ThreadRole>))]
public readonly record struct ThreadRole(string Name) : IJsonText<ThreadRole>
{
    /// <summary>Meta's agent.</summary>
    public static ThreadRole AIAgent { get; } = new("ai_agent");

    /// <summary>Customer service.</summary>
    public static ThreadRole CustomerService { get; } = new("customer_service");

    /// <summary>The partner for what the agent cannot answer.</summary>
    public static ThreadRole Escalation { get; } = new("escalation");

    /// <summary>Marketing.</summary>
    public static ThreadRole Marketing { get; } = new("marketing");

    /// <summary>Utility.</summary>
    public static ThreadRole Utility { get; } = new("utility");

    /// <summary>Ads that open a chat.</summary>
    public static ThreadRole ClickToWhatsApp { get; } = new("ctwa");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<ThreadRole>.ToJson(ThreadRole value) => value.Name;

    static ThreadRole? IJsonText<ThreadRole>.FromJson(string? text) => new ThreadRole(text!);
}
