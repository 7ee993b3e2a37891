namespace WhatsSession;

/// <summary>An audio file or a voice note by a customer.</summary>
public sealed class AudioReceived : MediaReceived
{
    /// <summary>Whether it was recorded in the chat: a voice note.</summary>
    public bool IsVoice { get; init; }
}
