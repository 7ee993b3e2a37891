using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>
/// A message of a kind that this version does not know, with its content as JSON: for what Meta adds in the future. The content is not checked, and the guard
/// treats it like any session message.
/// </summary>
/// <remarks>Immutable; equality is by value, and the JSON is compared as text.</remarks>
public sealed record RawMessage : SessionMessage
{
    private readonly string _kind;

    /// <summary>Makes the message.</summary>
    /// <param name="kind">Meta's word for the kind: <c>type</c> in the request, and the name of the property with the content.</param>
    /// <param name="json">
    /// The content: the text of one JSON object, or for <c>contacts</c> of one array. Any other text makes the send throw <see cref="ArgumentException"/>.
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
