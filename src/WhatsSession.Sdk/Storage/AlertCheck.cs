using NodaTime;

namespace WhatsSession.Storage;

/// <summary>The question to an <see cref="IAlertPlanner"/>.</summary>
/// <param name="Conversation">The conversation, by the identifier with the customer's latest event: see <see cref="AlertHolder"/>.</param>
/// <param name="Before">Its facts before what happened now, joined over the customer's identifiers;
/// those of <paramref name="After"/> when time alone went by.</param>
/// <param name="After">Its facts now, joined alike.</param>
/// <param name="From">When the conversation was to be looked at: what was due before was raised before. Null when it was not: then nothing is due.</param>
/// <param name="Now">The moment.</param>
public readonly record struct AlertCheck(ConversationKey Conversation, ConversationState Before, ConversationState After, Instant? From, Instant Now);
