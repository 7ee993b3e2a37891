using NodaTime;

namespace WhatsSession.Storage;

/// <summary>The question to an <see cref="IAlertPlanner"/>.</summary>
/// <param name="Conversation">The conversation, by the identifier with the customer's latest event: see <see cref="AlertHolder"/>.</param>
/// <param name="Before">
/// Its facts before what happened now, joined over the customer's identifiers; the same as <paramref name="After"/> when only time has passed.
/// </param>
/// <param name="After">Its facts now, joined in the same way.</param>
/// <param name="From">
/// When the conversation was due to be checked; alerts that were due before this time were already raised. Null when it was not due to be checked; then no
/// alert is due.
/// </param>
/// <param name="Now">The moment.</param>
public readonly record struct AlertCheck(ConversationKey Conversation, ConversationState Before, ConversationState After, Instant? From, Instant Now);
