using NodaTime;
using WhatsSession.Time;

namespace WhatsSession;

/// <summary>More methods of a <see cref="Conversation"/>.</summary>
public static class ConversationExtensions
{
    /// <summary>
    /// Waits until the message of an outcome is delivered, read, played or failed. If the fallback template was sent, it waits for the template.
    /// </summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="outcome">The outcome of the send.</param>
    /// <param name="timeout">How long to wait, on the registered <see cref="TimeProvider"/>; zero to only look.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// What is known then, or when the time was over: <see cref="MessageDelivery.IsDelivered"/> and <see cref="MessageDelivery.IsFailed"/> tell which.
    /// </returns>
    /// <exception cref="MessageRefusedException">Meta did not accept the message of <paramref name="outcome"/>, so there is nothing to wait for.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative or longer than 8 days, for which statuses are kept.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task<MessageDelivery> WaitForDeliveryAsync(
        this Conversation conversation, SendOutcome outcome, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(outcome);
        return conversation.WaitForDeliveryAsync(outcome.EnsureAccepted().MessageId.GetValueOrDefault(), timeout, cancellationToken);
    }

    /// <inheritdoc cref="WaitForDeliveryAsync(Conversation, SendOutcome, TimeSpan, CancellationToken)" />
    public static Task<MessageDelivery> WaitForDeliveryAsync(
        this Conversation conversation, SendOutcome outcome, Duration timeout, CancellationToken cancellationToken = default) =>
        conversation.WaitForDeliveryAsync(outcome, timeout.ToTimeSpanOrThrow(), cancellationToken);

    /// <summary>Suggests what to do now to keep in touch with the customer, by the rules of the guard.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="lead">How long before the window closes to ask: zero to 24 hours.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What to do, and why: see <see cref="SendPolicy.SuggestReengagement(ConversationSnapshot, Duration, Instant)"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lead"/> is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ValueTask<ReengagementSuggestion> SuggestReengagementAsync(
        this Conversation conversation, TimeSpan lead, CancellationToken cancellationToken = default) =>
        conversation.SuggestReengagementAsync(Duration.FromTimeSpan(lead), cancellationToken);

    /// <inheritdoc cref="SuggestReengagementAsync(Conversation, TimeSpan, CancellationToken)" />
    public static ValueTask<ReengagementSuggestion> SuggestReengagementAsync(
        this Conversation conversation, Duration lead, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return conversation.Reads.SuggestReengagementAsync(conversation.Key, lead, cancellationToken);
    }
}
