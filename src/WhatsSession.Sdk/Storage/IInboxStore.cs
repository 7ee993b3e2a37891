using NodaTime;

namespace WhatsSession.Storage;

/// <summary>What came in and what is to be done about it: the ingest, the outbox of events, what was set aside.</summary>
/// <remarks>A part of <see cref="IWhatsSessionStore"/>, which says what holds for all of them.</remarks>
public interface IInboxStore
{
    /// <summary>Keeps a batch in one transaction: drops what it already has, appends to the history, raises the conversations' facts, links identities,
    /// notes when to look for alerts, puts the release of held messages and what dispatches into the outbox.
    /// <see cref="StoredEvent.Facts"/> are joined for duplicates too. A phone that becomes known as two customers raises one
    /// <see cref="IdentityConflict"/>.</summary>
    ValueTask<IngestResult> IngestAsync(IngestBatch batch, CancellationToken cancellationToken = default);

    /// <summary>
    /// The store's time: the latest of Meta's that any host told it by <see cref="IngestBatch.MetaTime"/>, a minute less at most; null before the first.
    /// A host asks once, before it takes its first event: its own clock may be wrong from the start.
    /// </summary>
    ValueTask<Instant?> ReadTimeAsync(CancellationToken cancellationToken = default);

    /// <summary>Claims events that are due and whose conversation has nothing else in flight on the same side (messages, or statuses;
    /// an alert waits for nothing of its conversation), in the order that <see cref="ClaimChoice"/> chooses.
    /// Their tries are counted, but of those that are ahead of their places (<see cref="ClaimRequest.Ahead"/>).
    /// What another host takes and this one does not is left to the other: see <see cref="ClaimRequest.Lanes"/>.</summary>
    ValueTask<IReadOnlyList<ClaimedEvent>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default);

    /// <summary>Counts the try of a claim that did not count it, because it was made ahead of its place; see <see cref="ClaimedEvent.MustBeCounted"/>.
    /// Done twice, it counts once.</summary>
    /// <returns>False when the claim is no longer held; nothing was counted.</returns>
    ValueTask<bool> CountTryAsync(ClaimedEvent claim, CancellationToken cancellationToken = default);

    /// <summary>Lets claims hold until a later moment. Those that are no longer held stay as they are.</summary>
    ValueTask RenewAsync(IReadOnlyList<ClaimedEvent> claims, Instant until, CancellationToken cancellationToken = default);

    /// <summary>Notes that one handler completed, so that it does not rerun when another fails.</summary>
    /// <returns>False when the claim is no longer held; nothing was noted.</returns>
    ValueTask<bool> MarkHandledAsync(ClaimedEvent claim, string handler, CancellationToken cancellationToken = default);

    /// <summary>Ends a claim. Whether or not the claim counted its try, <see cref="ClaimedEvent.Attempt"/> tries are counted afterwards; one less when it was
    /// postponed.</summary>
    /// <returns>False when the claim is no longer held; nothing changed.</returns>
    ValueTask<bool> FinishAsync(ClaimedEvent claim, DispatchResult result, CancellationToken cancellationToken = default);

    /// <summary>Ends claims of events that are done, as <see cref="DispatchResult.Completed"/> does, in one transaction.</summary>
    /// <returns>The claims that are no longer held; those stayed as they are.</returns>
    ValueTask<IReadOnlyList<ClaimedEvent>> CompleteAsync(IReadOnlyList<ClaimedEvent> claims, CancellationToken cancellationToken = default);

    /// <summary>The events that were parked, by position.</summary>
    /// <param name="after">The last event of the page before, which need not be parked any more; null for the first page.</param>
    /// <param name="limit">
    /// The most events to return. A page is shorter when it would hold more than <see cref="ListPage.MostBytes"/>; it is empty only at the end.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<ParkedEvent>> ListParkedAsync(ParkedEvent? after, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Puts parked events back into the outbox at their old positions, due now, with the handlers that completed still noted and the count of tries at zero.
    /// </summary>
    /// <returns>How many were still parked.</returns>
    ValueTask<int> ReplayAsync(IReadOnlyList<ParkedEvent> parked, CancellationToken cancellationToken = default);

    /// <summary>Removes parked events for good.</summary>
    /// <returns>How many were still parked.</returns>
    ValueTask<int> DiscardAsync(IReadOnlyList<ParkedEvent> parked, CancellationToken cancellationToken = default);

    /// <summary>The payloads in quarantine, oldest first; those of one moment in an order of the store's own.</summary>
    /// <param name="after">The last payload of the page before, which need not be there any more; null for the first page.</param>
    /// <param name="limit">
    /// The most payloads to return. A page is shorter when it would hold more than <see cref="ListPage.MostBytes"/>; it is empty only at the end.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<QuarantinedPayload>> ListQuarantinedAsync(QuarantinedPayload? after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Removes a payload from quarantine.</summary>
    /// <returns>False when it was not there.</returns>
    ValueTask<bool> RemoveQuarantinedAsync(EventKey key, CancellationToken cancellationToken = default);

    /// <summary>Asks the planner about the conversations that are to be looked at, and puts what is due into the outbox: each event once, by its key.</summary>
    /// <returns>How many alerts were raised.</returns>
    ValueTask<int> SweepAsync(AlertSweep sweep, CancellationToken cancellationToken = default);

    /// <summary>Puts an event of the SDK itself into the outbox, to be dispatched when it is due.</summary>
    /// <returns>False when its key was seen before, or what it is about was erased; nothing changed.</returns>
    ValueTask<bool> EnqueueAsync(StoredEvent work, CancellationToken cancellationToken = default);
}
