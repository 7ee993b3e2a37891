using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What became of one step of a follow-up sequence.</summary>
/// <remarks>The numbers are stored; they never change.</remarks>
[JsonConverter(typeof(JsonEnumConverter<SequenceStepState>))]
public enum SequenceStepState
{
    /// <summary>It was not its turn yet.</summary>
    Waiting = 0,

    /// <summary>Meta accepted the message.</summary>
    Sent = 1,

    /// <summary>Meta accepted the template that goes when the window is closed.</summary>
    TemplateSent = 2,

    /// <summary>Meta may have the message: its answer was lost. It is not sent again.</summary>
    Uncertain = 3,

    /// <summary>It was left out: the window was closed and the step has no template, or its time was over.</summary>
    Skipped = 4,

    /// <summary>The message was refused for good.</summary>
    Refused = 5,
}
