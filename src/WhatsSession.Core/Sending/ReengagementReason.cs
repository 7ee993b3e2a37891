using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>Why a <see cref="ReengagementSuggestion"/> suggests what it does.</summary>
[JsonConverter(typeof(JsonEnumConverter<ReengagementReason>))]
public enum ReengagementReason
{
    /// <summary>It is not known whether the window is open: there is not enough history, a refusal makes it doubtful, or the store cannot be read.</summary>
    WindowUnknown = 0,

    /// <summary>The window stays open for longer than the lead time.</summary>
    TimeLeft,

    /// <summary>The window closes within the lead time, and the customer waits for an answer. Answer, and end with a question.</summary>
    CustomerWaits,

    /// <summary>The window closes within the lead time, and the customer has not reacted to the last answer.</summary>
    CustomerSilent,

    /// <summary>The window is closed, or closes within the guard's margin.</summary>
    WindowClosed,

    /// <summary>The customer has never written to this number. Meta asks for the customer's consent before the first template.</summary>
    NeverOpened,

    /// <summary>Meta has restricted the account from answering customers, so a session message would be refused.</summary>
    Restricted,
}
