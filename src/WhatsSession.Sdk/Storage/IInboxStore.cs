using NodaTime;

namespace WhatsSession.Storage;

/// <summary>Keeps what came in, and what is to be done about it: the ingest, the outbox of events, and the events that were set aside.</summary>
/// <remarks>A part of <see cref="IWhatsSessionStore"/>, which says what holds for all its parts.</remarks>
public interface IInboxStore
{
    /// <summary>Keeps a batch in one transaction.</summary>
    /// <remarks>
    /// It drops events that it already has, appends the others to the history, joins the facts of their conversations, links identities, notes when to look for
    /// alerts, and puts into the outbox the events for handlers and the release of held messages.
    /// The <see cref="StoredEvent.Facts"/> of duplicates are joined too.
    /// When a phone number becomes known as that of two customers, it raises one <see cref="IdentityConflict"/>.
    /// </remarks>
    ValueTask<IngestResult> IngestAsync(IngestBatch batch, CancellationToken cancellationToken = default);

    /// <summary>
    /// The store's time: the latest time of Meta's that any host told it by <see cref="IngestBatch.MetaTime"/>, or up to a minute less. Null when no host
    /// has told any. A host asks once, before it takes its first event, because its own clock may be wrong from the start.
    /// </summary>
    ValueTask<Instant?> ReadTimeAsync(CancellationToken cancellationToken = default);

    /// <summary>Claims events that are due, in the order that <see cref="ClaimChoice"/> chooses.</summary>
    /// <remarks>
    /// A conversation has one message in flight at a time, and beside it one status. An alert waits for nothing.
    /// A claim counts a try, but not one that is made ahead of its place (<see cref="ClaimRequest.Ahead"/>).
    /// Events that only another host takes are left to it: see <see cref="ClaimRequest.Lanes"/>.
    /// </remarks>
    ValueTask<IReadOnlyList<ClaimedEvent>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default);

    /// <summary>Counts the try of a claim that was made ahead of its place, and so did not count it: see <see cref="ClaimedEvent.MustBeCounted"/>.
    /// A second call for the same claim changes nothing.</summary>
    /// <returns>False when the claim is no longer held. Nothing was counted then.</returns>
    ValueTask<bool> CountTryAsync(ClaimedEvent claim, CancellationToken cancellationToken = default);

    /// <summary>Extends claims until a later moment. Claims that are no longer held stay as they are.</summary>
    ValueTask RenewAsync(IReadOnlyList<ClaimedEvent> claims, Instant until, CancellationToken cancellationToken = default);

    /// <summary>Notes that one handler completed, so that it does not run again when another handler of the same event fails.</summary>
    /// <returns>False when the claim is no longer held. Nothing was noted then.</returns>
    ValueTask<bool> MarkHandledAsync(ClaimedEvent claim, string handler, CancellationToken cancellationToken = default);

    /// <summary>Ends a claim. Afterwards <see cref="ClaimedEvent.Attempt"/> tries are counted, whether or not the claim had counted its own; one less when the
    /// event was postponed.</summary>
    /// <returns>False when the claim is no longer held. Nothing changed then.</returns>
    ValueTask<bool> FinishAsync(ClaimedEvent claim, DispatchResult result, CancellationToken cancellationToken = default);

    /// <summary>Ends claims of events that are done, in one transaction. For each it does what <see cref="FinishAsync"/> does with
    /// <see cref="DispatchResult.Completed"/>.</summary>
    /// <returns>The claims that are no longer held. They stayed as they are.</returns>
    ValueTask<IReadOnlyList<ClaimedEvent>> CompleteAsync(IReadOnlyList<ClaimedEvent> claims, CancellationToken cancellationToken = default);

    /// <summary>Returns a page of the events that were parked, in the order of their positions.</summary>
    /// <param name="after">The last event of the page before; null for the first page. It may have left the list meanwhile.</param>
    /// <param name="limit">
    /// The most events to return. A page is shorter when it would hold more than <see cref="ListPage.MostBytes"/>. Only a page at the end is empty.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<ParkedEvent>> ListParkedAsync(ParkedEvent? after, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Puts parked events back into the outbox at their old positions, due now. The handlers that completed stay noted. The count of tries starts at zero.
    /// </summary>
    /// <returns>How many were still parked.</returns>
    ValueTask<int> ReplayAsync(IReadOnlyList<ParkedEvent> parked, CancellationToken cancellationToken = default);

    /// <summary>Deletes parked events.</summary>
    /// <returns>How many were still parked.</returns>
    ValueTask<int> DiscardAsync(IReadOnlyList<ParkedEvent> parked, CancellationToken cancellationToken = default);

    /// <summary>Returns a page of the payloads in quarantine, oldest first. Payloads of one moment come in an order that the store chooses.</summary>
    /// <param name="after">The last payload of the page before; null for the first page. It may have left the list meanwhile.</param>
    /// <param name="limit">
    /// The most payloads to return. A page is shorter when it would hold more than <see cref="ListPage.MostBytes"/>. Only a page at the end is empty.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<QuarantinedPayload>> ListQuarantinedAsync(QuarantinedPayload? after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Deletes a payload in quarantine.</summary>
    /// <returns>False when quarantine does not have it.</returns>
    ValueTask<bool> RemoveQuarantinedAsync(EventKey key, CancellationToken cancellationToken = default);

    /// <summary>Asks the planner about each conversation that is to be looked at by now, and puts the alerts that are due into the outbox. Each
    /// alert goes there
    /// once, by its key.</summary>
    /// <returns>How many alerts were raised.</returns>
    ValueTask<int> SweepAsync(AlertSweep sweep, CancellationToken cancellationToken = default);

    /// <summary>Puts an event of the SDK itself into the outbox, to be dispatched when it is due.</summary>
    /// <returns>False when its key was seen before, or when its customer or message was erased. Nothing changed then.</returns>
    ValueTask<bool> EnqueueAsync(StoredEvent work, CancellationToken cancellationToken = default);
}
