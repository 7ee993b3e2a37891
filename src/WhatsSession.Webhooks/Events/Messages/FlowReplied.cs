using WhatsSession.Events;

namespace WhatsSession;

/// <summary>A customer completed a flow.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/interactive">Meta,
/// read November 2025.</see>
/// </remarks>
public sealed class FlowReplied : MessageReceived
{
    /// <summary>Meta's name for the kind of answer: <c>flow</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>The text that the customer saw as the answer.</summary>
    public string Body { get; init; } = "";

    /// <summary>The answer as JSON, as the flow defines it; empty when absent.</summary>
    public string ResponseJson { get; init; } = "";

    /// <summary>The token that the flow was sent with, read from <see cref="ResponseJson"/>; null when it has none or is not JSON.</summary>
    public string? FlowToken => ResponseProperties.Read(ResponseJson).GetValueOrDefault("flow_token");
}
