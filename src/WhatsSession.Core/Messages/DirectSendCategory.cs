using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What a <see cref="DirectSendMessage"/> is sent as, which decides its price and its life time.</summary>
[JsonConverter(typeof(JsonEnumConverter<DirectSendCategory>))]
public enum DirectSendCategory
{
    /// <summary>About an order, an account or a request of the customer. Marketing is not allowed.</summary>
    Utility = 0,

    /// <summary>A code to log in or to confirm.</summary>
    Authentication,
}
