namespace WhatsSession;

/// <summary>Something a business can send: a <see cref="SessionMessage"/> or a <see cref="TemplateMessage"/>.</summary>
/// <remarks>Immutable. Equality is by value, but lists inside compare by reference. <see cref="ToString"/> shows the kind and no content.</remarks>
public abstract record Message
{
    private protected Message()
    {
    }

    /// <summary>Meta's word for the kind of message: its <c>type</c> on the wire.</summary>
    public abstract string Kind { get; }

    /// <summary>Checks the message against the limits of the platform.</summary>
    /// <returns>Every rule that is broken; empty when the message may be sent.</returns>
    public IReadOnlyList<Violation> Check()
    {
        var violations = default(ViolationList);
        Check(ref violations);
        return violations.ToList();
    }

    /// <summary>The name of the kind, without content.</summary>
    public sealed override string ToString() => GetType().Name;

    private protected abstract void Check(ref ViolationList violations);
}
