using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>How a customer service window stands at a moment.</summary>
[JsonConverter(typeof(JsonEnumConverter<WindowState>))]
public enum WindowState
{
    /// <summary>
    /// It is not known; not the same as closed. There is not enough history, or Meta refused a message that another system sent in a window that is open by
    /// what is known (<see cref="ConversationState.IsDoubted"/>): then session messages are sent.
    /// </summary>
    Unknown = 0,

    /// <summary>The customer has never opened a window with this number.</summary>
    NeverOpened,

    /// <summary>Session messages may be sent.</summary>
    Open,

    /// <summary>Still open, and closing within the lead that the policy sets (1 hour by default).</summary>
    Closing,

    /// <summary>Only template messages may be sent until the customer writes.</summary>
    Closed,
}
