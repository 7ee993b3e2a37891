using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What kind of failure a <see cref="GraphError"/> is, which decides what can be done about it.</summary>
[JsonConverter(typeof(JsonEnumConverter<GraphErrorCategory>))]
public enum GraphErrorCategory
{
    /// <summary>A code that this version does not know.</summary>
    Unknown = 0,

    /// <summary>The request never reached Meta.</summary>
    NotReached,

    /// <summary>The request is wrong and would be refused again.</summary>
    InvalidRequest,

    /// <summary>The account, token, number or template must be fixed first.</summary>
    Configuration,

    /// <summary>The customer service window is closed.</summary>
    WindowClosed,

    /// <summary>The customer does not want this message, or it may not be sent to this customer.</summary>
    Consent,

    /// <summary>A rate limit: the same request is accepted later.</summary>
    RateLimited,

    /// <summary>Meta is temporarily unable to answer.</summary>
    Unavailable,

    /// <summary>Refused for hours or more: limits of quality, engagement or policy.</summary>
    Restricted,
}
