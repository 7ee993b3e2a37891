using NodaTime;
using WhatsSession.Time;

namespace WhatsSession;

/// <summary>Methods of a <see cref="Conversation"/> that take the result of an earlier call.</summary>
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
}
