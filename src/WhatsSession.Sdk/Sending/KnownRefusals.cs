using WhatsSession.Storage;

namespace WhatsSession.Sending;

/// <summary>What statuses have told of messages since Meta accepted them: nobody is told that a message was sent which was refused.</summary>
internal sealed class KnownRefusals(ISendStore store)
{
    /// <summary>What became of a send instead of its acceptance; null when it stands.</summary>
    /// <param name="outcome">The acceptance, of the message or of a template in its place.</param>
    /// <param name="send">The send as it is stored.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<SendOutcome?> FindAsync(SendOutcome outcome, StoredSend send, CancellationToken cancellationToken)
    {
        var message = outcome.MessageId!.Value;

        // A message that was refused once may have been sent again under the same intent: then that one counts.
        var isRetried = send.RetriedAfter == message;
        if (isRetried && send.State is IntentState.Pending or IntentState.Ambiguous)
        {
            return new SendOutcome.Ambiguous { IntentId = send.Intent.Id, Cause = "its second try is under way, or its process ended" };
        }

        var latest = isRetried && send is { State: IntentState.Accepted, Message: { } second } ? second : message;
        var delivery = await store.ReadDeliveryAsync(send.Intent.Conversation.Number, latest, cancellationToken).ConfigureAwait(false);
        if (delivery is not { IsFailed: true, Failure.Error: var error })
        {
            return latest == message ? null : new SendOutcome.Accepted { MessageId = latest };
        }

        // It may be tried again within seconds, until its refusal is concluded.
        return error.Code == GraphErrorCodes.ReEngagementRequired && send.State == IntentState.Accepted && send.RetriedAfter is null
            ? new SendOutcome.Ambiguous { IntentId = send.Intent.Id, Cause = "Meta refused it by a status, and it may be tried again" }
            : outcome is SendOutcome.TemplateSent sent
            ? new SendOutcome.Rejected
            {
                Error = error,
                Template = send.Intent.Message as TemplateMessage ?? send.Intent.Fallback,
                HeldMessage = sent.HeldMessage,
            }
            : new SendOutcome.Rejected { Error = error };
    }
}
