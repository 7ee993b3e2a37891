using NodaTime;
using WhatsSession.Sequences;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession;

/// <summary>The runs of follow-up sequences and the scheduled messages of all business numbers: to look at, to pause and to cancel.</summary>
/// <remarks>Thread safe. A step whose request is being made at the moment of a change may still go out. Ended runs are kept for 8 days.</remarks>
public sealed class SequenceRuns
{
    private const int Page = 100;

    private readonly ISequenceStore _store;
    private readonly SequenceWrites _writes;
    private readonly HeardTime _heard;

    internal SequenceRuns(ISequenceStore store, SequenceWrites writes, HeardTime heard)
    {
        _store = store;
        _writes = writes;
        _heard = heard;
    }

    /// <summary>Reads all runs that have not ended, in the order of their start. They are loaded in pages, so only a few are in memory at once.</summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <exception cref="StoreUnavailableException">While reading: the store cannot be reached.</exception>
    public IAsyncEnumerable<SequenceRun> ReadAllAsync(CancellationToken cancellationToken = default) =>
        ListPage.ReadAllAsync<SequenceRun>((after, token) => _store.ListSequencesAsync(after, Page, token), cancellationToken);

    /// <summary>Lists the first 100 runs that have not ended, in the order of their start. <see cref="ReadAllAsync"/> reads all.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask<IReadOnlyList<SequenceRun>> ListAsync(CancellationToken cancellationToken = default) => ListAsync(Page, cancellationToken);

    /// <summary>Lists the first runs that have not ended, in the order of their start. <see cref="ReadAllAsync"/> reads all.</summary>
    /// <param name="limit">The maximum number to return: 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask<IReadOnlyList<SequenceRun>> ListAsync(int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        return _store.ListSequencesAsync(after: null, limit, cancellationToken);
    }

    /// <summary>Finds a run: its steps with what became of them, the time of the next one, and its values.</summary>
    /// <param name="run">The id of the run or of the scheduled message.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The run; null when there is none, for example because it ended more than 8 days ago.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask<SequenceRun?> FindAsync(IntentId run, CancellationToken cancellationToken = default) => _store.FindSequenceAsync(run, cancellationToken);

    /// <summary>Pauses a run. Nothing is sent until it is resumed. What ends a run ends it when it is resumed.</summary>
    /// <param name="run">The id of the run or of the scheduled message.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether it is paused now. False when it has ended, or there is none.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public Task<bool> PauseAsync(IntentId run, CancellationToken cancellationToken = default) =>
        ChangeAsync(
            run,
            SequenceState.Paused,
            static (seen, _) => seen.State == SequenceState.Running ? seen with { State = SequenceState.Paused } : null,
            cancellationToken);

    /// <summary>Lets a paused run go on. A step whose time came while it was paused goes now, unless these are quiet hours.</summary>
    /// <param name="run">The id of the run or of the scheduled message.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether it runs now. False when it has ended, or there is none.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public Task<bool> ResumeAsync(IntentId run, CancellationToken cancellationToken = default) =>
        ChangeAsync(
            run,
            SequenceState.Running,
            static (seen, now) => seen.State == SequenceState.Paused ? SequencePlan.Resume(seen, now) : null,
            cancellationToken);

    /// <summary>Cancels a run, or a scheduled message.</summary>
    /// <param name="run">The id of the run or of the scheduled message.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether it was cancelled, now or before. False when it ended in another way, or there is none.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public Task<bool> CancelAsync(IntentId run, CancellationToken cancellationToken = default) => EndAsync(run, SequenceState.Cancelled, cancellationToken);

    internal ValueTask<IReadOnlyList<SequenceRun>> ListAsync(ConversationKey conversation, SequenceRun? after, CancellationToken cancellationToken) =>
        _store.ListSequencesAsync(conversation, after, Page, cancellationToken);

    /// <summary>Ends what runs for a customer.</summary>
    /// <param name="conversation">The customer, by whatever identifier.</param>
    /// <param name="which">Which runs.</param>
    /// <param name="state">How they end.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many were ended.</returns>
    internal async Task<int> EndAsync(ConversationKey conversation, Func<SequenceRun, bool> which, SequenceState state, CancellationToken cancellationToken)
    {
        var ended = 0;
        var runs = ListPage.ReadAllAsync<SequenceRun>((after, token) => ListAsync(conversation, after, token), cancellationToken);
        await foreach (var run in runs.ConfigureAwait(false))
        {
            ended += !run.HasEnded && which(run) && await EndAsync(run.Id, state, cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        return ended;
    }

    private Task<bool> EndAsync(IntentId run, SequenceState state, CancellationToken cancellationToken) =>
        ChangeAsync(run, state, (seen, now) => seen.HasEnded ? null : SequencePlan.End(seen, state, now), cancellationToken);

    private async Task<bool> ChangeAsync(
        IntentId id, SequenceState wanted, Func<SequenceRun, Instant, SequenceRun?> change, CancellationToken cancellationToken)
    {
        if (await _store.FindSequenceAsync(id, cancellationToken).ConfigureAwait(false) is not { } run)
        {
            return false;
        }

        var now = _heard.ForDispatch;
        return (await _writes.ChangeAsync(run, seen => change(seen, now), cancellationToken).ConfigureAwait(false))?.State == wanted;
    }
}
