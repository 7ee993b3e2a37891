using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession.Storage;

/// <summary>What is known about a stored send.</summary>
/// <remarks>The numbers are stored; they never change.</remarks>
[JsonConverter(typeof(JsonEnumConverter<IntentState>))]
public enum IntentState
{
    /// <summary>The request is running, or the process ended during it. It is not known whether Meta has the message.</summary>
    Pending = 0,

    /// <summary>Meta accepted the message.</summary>
    Accepted = 1,

    /// <summary>Meta certainly did not accept the message.</summary>
    Failed = 2,

    /// <summary>The request was written and no usable answer came.</summary>
    Ambiguous = 3,
}
