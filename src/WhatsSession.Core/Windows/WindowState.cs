using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The state of a customer service window at a moment.</summary>
[JsonConverter(typeof(JsonEnumConverter<WindowState>))]
public enum WindowState
{
    /// <summary>
    /// It is not known whether the window is open; this is not the same as closed. Either there is not enough history, or the window should be open but Meta
    /// refused a message of another system (<see cref="ConversationState.IsDoubted"/>). In the second case session messages are sent.
    /// </summary>
    Unknown = 0,

    /// <summary>The customer has never opened a window with this number.</summary>
    NeverOpened,

    /// <summary>Session messages may be sent.</summary>
    Open,

    /// <summary>Still open, but it closes soon: within the time that the policy sets (1 hour by default).</summary>
    Closing,

    /// <summary>Only template messages may be sent until the customer writes again.</summary>
    Closed,
}
