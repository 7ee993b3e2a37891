using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession.Storage;

/// <summary>What a customer's message does to the turn of its conversation.</summary>
[JsonConverter(typeof(JsonEnumConverter<TurnPart>))]
public enum TurnPart
{
    /// <summary>It is no part of a turn.</summary>
    None = 0,

    /// <summary>It is a part. The turn waits for more.</summary>
    Line = 1,

    /// <summary>It is a part, and the turn waits no longer: a tap on a button or a row, or the answer to a flow.</summary>
    Tap = 2,
}
