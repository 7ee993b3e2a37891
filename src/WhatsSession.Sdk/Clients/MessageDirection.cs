using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>Which side wrote a message.</summary>
[JsonConverter(typeof(JsonEnumConverter<MessageDirection>))]
public enum MessageDirection
{
    /// <summary>The customer wrote it.</summary>
    Inbound = 0,

    /// <summary>The business sent it.</summary>
    Outbound,
}
