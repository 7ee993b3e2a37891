using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>How a run of a follow-up sequence stands.</summary>
/// <remarks>The numbers are stored; they never change.</remarks>
[JsonConverter(typeof(JsonEnumConverter<SequenceState>))]
public enum SequenceState
{
    /// <summary>Its next step waits for its time.</summary>
    Running = 0,

    /// <summary>Somebody paused it. Nothing is sent until it is resumed.</summary>
    Paused = 1,

    /// <summary>It has no more steps.</summary>
    Completed = 2,

    /// <summary>The customer wrote, reacted or called.</summary>
    Answered = 3,

    /// <summary>The customer wants no more messages of this kind.</summary>
    OptedOut = 4,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled = 5,

    /// <summary>It was started for a phone number that has a new owner.</summary>
    CustomerChanged = 6,
}
