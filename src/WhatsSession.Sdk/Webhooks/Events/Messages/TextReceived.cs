namespace WhatsSession;

/// <summary>A text by a customer. Ice-breakers and commands arrive as texts too.</summary>
public sealed class TextReceived : MessageReceived
{
    /// <summary>The text.</summary>
    public string Text { get; internal set; } = "";
}
