using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>
/// A message of a kind that this version does not know, with its content as JSON: for what Meta adds tomorrow.
/// Nothing in the content is checked, and the guard treats it as any session message.
/// </summary>
/// <remarks>Immutable; equality is by value, and the JSON is compared as text.</remarks>
public sealed record RawMessage : SessionMessage
{
    private readonly string _kind;

    /// <summary>Makes the message.</summary>
    /// <param name="kind">Meta's word for the kind: the <c>type</c> on the wire and the name of the content's property.</param>
    /// <param name="json">
    /// The content: the text of one JSON object, or for <c>contacts</c> of one array. One that is not makes the send throw <see cref="ArgumentException"/>.
    /// </param>
    /// <exception cref="ArgumentException">An argument is null or empty.</exception>
    public RawMessage(string kind, string json)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentException.ThrowIfNullOrWhiteSpace(json);
        _kind = kind;
        Json = json;
    }

    /// <summary>The content: the text of one JSON object, or for <c>contacts</c> of one array.</summary>
    public string Json { get; }

    /// <inheritdoc />
    public override string Kind => _kind;

    private protected override bool GoesToGroups => true;

    private protected override void Check(ref ViolationList violations)
    {
    }
}
