using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A text.</summary>
/// <param name="Body">The text: 1 to 4,096 characters. WhatsApp's markup (<c>*bold*</c>, <c>_italic_</c>) works in it.</param>
public sealed record TextMessage(string Body) : SessionMessage
{
    /// <summary>The maximum length of a text: 4,096 characters.</summary>
    public const int MaximumLength = 4096;

    /// <summary>Whether the first http or https link in the text is shown with a preview.</summary>
    /// <value>Null by default: Meta decides, and shows none.</value>
    public bool? PreviewUrl { get; init; }

    /// <inheritdoc />
    public override string Kind => "text";

    private protected override bool GoesToGroups => true;

    private protected override void Check(ref ViolationList violations) => violations.Required("text.body", Body, MaximumLength);
}
