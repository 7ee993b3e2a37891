namespace WhatsSession;

/// <summary>One button of a <see cref="ReplyButtonsMessage"/>.</summary>
/// <param name="Id">What comes back when it is tapped: 1 to 256 characters, unique in the message. The customer does not see it.</param>
/// <param name="Title">What the customer sees: 1 to 20 characters, unique in the message.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record ReplyButton(string Id, string Title)
{
    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(ReplyButton);
}
