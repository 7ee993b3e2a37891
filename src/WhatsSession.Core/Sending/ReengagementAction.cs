using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What to do to keep in touch with a customer.</summary>
[JsonConverter(typeof(JsonEnumConverter<ReengagementAction>))]
public enum ReengagementAction
{
    /// <summary>Nothing now.</summary>
    None = 0,

    /// <summary>
    /// Ask the customer a question now, with a session message; reply buttons make an answer easy. Only the customer's answer keeps the window open. The
    /// question does not.
    /// </summary>
    AskQuestion,

    /// <summary>Send a template message: only that can reach the customer.</summary>
    SendTemplate,
}
