using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The category of a <see cref="DirectSendMessage"/>. It decides the price and how long Meta tries to deliver it.</summary>
[JsonConverter(typeof(JsonEnumConverter<DirectSendCategory>))]
public enum DirectSendCategory
{
    /// <summary>About an order, an account or a request of the customer. Marketing is not allowed.</summary>
    Utility = 0,

    /// <summary>A code to log in or to confirm.</summary>
    Authentication,
}
