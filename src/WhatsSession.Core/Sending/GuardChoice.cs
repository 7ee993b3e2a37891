using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What the guard does with a session message when it cannot know whether the window is open.</summary>
[JsonConverter(typeof(JsonEnumConverter<GuardChoice>))]
public enum GuardChoice
{
    /// <summary>Send it; Meta decides.</summary>
    Send = 0,

    /// <summary>Refuse it.</summary>
    Refuse,
}
