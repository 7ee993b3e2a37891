using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>Why a session message may not be sent.</summary>
[JsonConverter(typeof(JsonEnumConverter<WindowClosedReason>))]
public enum WindowClosedReason
{
    /// <summary>It is not known whether the window is open, and the policy refuses in that case.</summary>
    Unknown = 0,

    /// <summary>24 hours or more have passed since the customer's last qualifying event.</summary>
    Expired,

    /// <summary>The customer has never written to this number.</summary>
    NeverOpened,

    /// <summary>The window closes within the guard's margin, so the message might arrive too late.</summary>
    Margin,

    /// <summary>Meta refused a message in this window (131047), and the customer has not written since.</summary>
    Denied,

    /// <summary>Meta has restricted the account from answering customers.</summary>
    Restricted,
}
