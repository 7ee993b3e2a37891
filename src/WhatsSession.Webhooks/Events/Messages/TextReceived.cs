using WhatsSession.Shared;

namespace WhatsSession;

/// <summary>A text by a customer. Ice-breakers and commands arrive as texts too.</summary>
public sealed class TextReceived : MessageReceived
{
    private SlicedText _text;

    /// <summary>The text.</summary>
    public string Text
    {
        get => _text.In(Raw) ?? "";
        init => _text = SlicedText.Of(value);
    }

    internal SlicedText SlicedText
    {
        init => _text = value;
    }

    private protected override void MoveTexts(int sliceStart) => _text.MoveTo(sliceStart);
}
