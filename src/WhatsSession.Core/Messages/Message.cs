using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>Something a business can send: a <see cref="SessionMessage"/>, a <see cref="TemplateMessage"/> or a <see cref="DirectSendMessage"/>.</summary>
/// <remarks>Immutable. Equality is by value, but lists inside compare by reference. <see cref="ToString"/> shows the kind and no content.</remarks>
public abstract record Message
{
    private protected Message()
    {
    }

    /// <summary>Meta's word for the kind of message: <c>type</c> in the request.</summary>
    public abstract string Kind { get; }

    /// <summary>Checks the message against the limits of the platform.</summary>
    /// <returns>Every rule that the message breaks; empty when it may be sent.</returns>
    public IReadOnlyList<Violation> Check()
    {
        var violations = default(ViolationList);
        Check(ref violations);
        return violations.ToList();
    }

    /// <summary>Checks the message against the limits of the platform, and against the rules for its recipient: a phone number, a BSUID or a group.</summary>
    /// <returns>Every rule that the message breaks; empty when it may be sent.</returns>
    public IReadOnlyList<Violation> CheckFor(ConversationKey conversation)
    {
        var violations = default(ViolationList);
        Check(ref violations);
        CheckParty(ref violations, conversation);
        return violations.ToList();
    }

    /// <summary>The name of the kind, without content.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>The check for the message that has this one as its content.</summary>
    internal void CheckContent(ref ViolationList violations) => Check(ref violations);

    /// <summary>The rules of the party for the message that has this one as its content.</summary>
    internal void CheckContentFor(ref ViolationList violations, ConversationKey conversation) => CheckParty(ref violations, conversation);

    private protected abstract void Check(ref ViolationList violations);

    private protected virtual void CheckParty(ref ViolationList violations, ConversationKey conversation)
    {
    }
}
