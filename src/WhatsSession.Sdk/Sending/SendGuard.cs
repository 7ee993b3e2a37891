using System.Runtime.CompilerServices;
using NodaTime;
using WhatsSession.Diagnostics;
using WhatsSession.Options;
using WhatsSession.Time;
using WhatsSession.Uploads;

namespace WhatsSession.Sending;

/// <summary>Asks the policy about one request, by what is known of the conversation at that moment, and says what Meta's answer adds to it.</summary>
internal sealed class SendGuard(ConversationReads reads, WhatsSessionSettings settings, WhatsSessionMetrics metrics, MetaClock metaClock)
{
    /// <summary>Whether the request may be made now.</summary>
    /// <exception cref="StoreUnavailableException">The send is one that several hosts may be about to make, and nobody knows whether it may go.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Clearance> AskAsync(OutboundSend send, CancellationToken cancellationToken)
    {
        var snapshot = await reads.ReadAsync(send.Conversation, cancellationToken).ConfigureAwait(false);
        if (send.Take is not null && !snapshot.StoreAvailable)
        {
            throw new StoreUnavailableException("The conversation could not be read when its message was to be sent.");
        }

        var clearance = send.Options.Seen is null ? Decide(send, snapshot)
            : await FindNewerAsync(send, snapshot, cancellationToken).ConfigureAwait(false) ?? Decide(send, snapshot);
        if (!clearance.MaySend || !MediaParts.HasUploads(send.Message))
        {
            // After an upload it is asked again; that answer is the one that counts.
            Note(send, snapshot, clearance.Decision);
        }

        return clearance;
    }

    /// <summary>Asks the only question that is left about a send that goes by a claim.</summary>
    /// <returns>Why the request may not be made; null when it may.</returns>
    public async ValueTask<Clearance?> AskAboutNewerAsync(OutboundSend send, CancellationToken cancellationToken) =>
        await FindNewerAsync(send, snapshot: null, cancellationToken).ConfigureAwait(false) is { IsOvertaken: true } overtaken ? overtaken : null;

    /// <summary>The same when the store went away since it was asked: the policy for that decides.</summary>
    public Clearance AskWithoutStore(OutboundSend send) => Decide(send, new ConversationSnapshot { Key = send.Conversation, StoreAvailable = false });

    /// <summary>
    /// What an answer says of the conversation: that it was answered, that a reply opened the free entry point window, or that the window is closed.
    /// </summary>
    public ConversationState FactsOf(GraphSendResult result, OutboundSend send, in Clearance clearance) => result switch
    {
        _ when clearance.Snapshot is null => default,

        // What is known already is not written again: most replies follow others.
        GraphSendResult.Accepted => new ConversationState
        {
            Answers = AnswerOf(send, clearance.Evidence, clearance.Snapshot.State.Answers),
            FreeEntry = clearance.Snapshot.State.FreeEntry is { Click: not null, FirstReply: null } entry ? entry.ReplyAt(metaClock.GetInstant()) : default,
        },
        _ when SaysClosed(result) => new ConversationState(lastInbound: null, denied: clearance.Evidence ?? NodaConstants.UnixEpoch),
        _ => default,
    };

    /// <summary>Whether Meta refused the message because the window is closed.</summary>
    public static bool SaysClosed(GraphSendResult result) => result is GraphSendResult.Refused { Error.Code: GraphErrorCodes.ReEngagementRequired };

    private static AnswerTimes AnswerOf(OutboundSend send, Instant? evidence, in AnswerTimes known)
    {
        // A reply answers the event that its handler has, whatever the customer has written since.
        var kind = send.Options.By?.Kind ?? AuthorKind.Unknown;
        return !send.IsAutomatic && (send.Options.Answers ?? evidence) is { } at && !(at <= known.Of(kind)) ? AnswerTimes.By(kind, at) : default;
    }

    /// <returns>A refusal, if the customer has written since what the message answers, or if nobody knows; otherwise null.</returns>
    private async ValueTask<Clearance?> FindNewerAsync(OutboundSend send, ConversationSnapshot? snapshot, CancellationToken cancellationToken) =>
        send.Options.Seen is not { } seen ? null
        : await reads.HasNewerAsync(send.Conversation, seen, cancellationToken).ConfigureAwait(false) switch
        {
            true => Clearance.OfOvertaken(snapshot),
            false => null,
            null => Clearance.Of(new ConversationSnapshot { Key = send.Conversation, StoreAvailable = false }, default),
        };

    private Clearance Decide(OutboundSend send, ConversationSnapshot snapshot)
    {
        var policy = send.Options.IgnoreMargin ? settings.Policy with { Margin = Duration.Zero } : settings.Policy;
        return Clearance.Of(snapshot, policy.Decide(snapshot, send.Message, metaClock.GetInstant()));
    }

    private void Note(OutboundSend send, ConversationSnapshot snapshot, SendDecision decision)
    {
        if (!WhatsSessionActivities.HasListeners && !metrics.CountsDecisions)
        {
            return;
        }

        var state = settings.Policy.Window(snapshot, metaClock.GetInstant()).State;
        WhatsSessionActivities.NoteWindow(state);
        if (send.Message is SessionMessage)
        {
            metrics.CountDecision(send.Number.Name, state, decision);
        }
    }
}
