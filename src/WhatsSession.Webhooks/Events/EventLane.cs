using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The stream an event belongs to. Events of different lanes never hide one another.</summary>
/// <remarks>The numbers are stored; they never change.</remarks>
[JsonConverter(typeof(JsonEnumConverter<EventLane>))]
public enum EventLane
{
    /// <summary>A customer's message, live.</summary>
    Live = 0,

    /// <summary>A copy of a customer's message, or of a status, while another partner controls the thread.</summary>
    Standby = 1,

    /// <summary>A message that the business sent from the app, or through the partner that controls the thread.</summary>
    Echo = 2,

    /// <summary>A message from before the number was connected.</summary>
    History = 3,

    /// <summary>The status of a message that the business sent.</summary>
    Status = 4,

    /// <summary>A call.</summary>
    Call = 5,

    /// <summary>A notice about the account, a template or a number.</summary>
    Account = 6,

    /// <summary>Something that the SDK itself reports: an alert, a refusal or a conflict.</summary>
    Alert = 7,

    /// <summary>Work of the SDK itself, each piece in a queue of its own. No handler sees it.</summary>
    Work = 8,

    /// <summary>The status of a payment.</summary>
    Payment = 9,

    /// <summary>What a customer said in a row, which the SDK gives to a handler at once.</summary>
    Turn = 10,
}
