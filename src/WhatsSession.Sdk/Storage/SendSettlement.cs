using NodaTime;

namespace WhatsSession.Storage;

/// <summary>The result of a send, and what it says about its conversation. Both are stored in one transaction.</summary>
/// <param name="Intent">The send.</param>
/// <param name="State">What is known about it now.</param>
/// <param name="Message">Meta's id of the message; null when there is none.</param>
/// <remarks>Equality is by value.</remarks>
public readonly record struct SendSettlement(IntentId Intent, IntentState State, MessageId? Message)
{
    /// <summary>The conversation whose facts are joined.</summary>
    public ConversationKey Conversation { get; init; }

    /// <summary>The facts: that it was answered, or refused. <c>default</c> for none.</summary>
    public ConversationState Facts { get; init; }

    /// <summary>Who wrote the message. It is kept with the send, beside what the send answers (<see cref="ConversationState.Answers"/>).</summary>
    /// <value>Null by default: the author is not known.</value>
    public Author? By { get; init => field = value is { Kind: AuthorKind.Unknown } ? null : value; }

    /// <summary>The canonical form that Meta's answer named for the phone number of <see cref="Conversation"/>; null when it named no other form.</summary>
    public IdentityAlias? Alias { get; init; }

    /// <summary>When the result was known: the later of the host's time and Meta's time.</summary>
    /// <value>1970 by default. It is used only if there is an <see cref="Alias"/>.</value>
    public Instant At { get; init; }
}
