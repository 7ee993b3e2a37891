using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What the time of a step of a follow-up sequence is counted from.</summary>
/// <remarks>The numbers are stored; they never change.</remarks>
[JsonConverter(typeof(JsonEnumConverter<SequenceTiming>))]
public enum SequenceTiming
{
    /// <summary>A delay after the step before, or after the start of the run.</summary>
    After = 0,

    /// <summary>A time of day.</summary>
    At = 1,

    /// <summary>A time before the customer service window closes.</summary>
    BeforeClosing = 2,
}
