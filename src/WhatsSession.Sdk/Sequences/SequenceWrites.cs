using NodaTime;
using WhatsSession.Options;
using WhatsSession.Sending;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession.Sequences;

/// <summary>Changes runs that others may change at the same time.</summary>
internal sealed class SequenceWrites(ISequenceStore store, ConversationReads reads, WhatsSessionSettings settings, MetaClock metaClock)
{
    /// <summary>Changes a run, on top of what others did to it meanwhile.</summary>
    /// <param name="run">The run as it was read.</param>
    /// <param name="change">What it becomes; null to leave it. Called again when the run has changed.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The run as it is kept now; null when it is no more.</returns>
    public async Task<SequenceRun?> ChangeAsync(SequenceRun run, Func<SequenceRun, SequenceRun?> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (change(run) is not { } changed)
            {
                return run;
            }

            changed = changed with { Revision = run.Revision + 1 };
            if (await store.SaveSequenceAsync(changed, cancellationToken).ConfigureAwait(false))
            {
                return changed;
            }

            if (await store.FindSequenceAsync(run.Id, cancellationToken).ConfigureAwait(false) is not { } other)
            {
                return null;
            }

            run = other;
        }
    }

    /// <summary>When the customer service window closes; null when it is not open.</summary>
    /// <exception cref="StoreUnavailableException">Nobody knows.</exception>
    public async Task<Instant?> FindClosingAsync(ConversationKey conversation, CancellationToken cancellationToken)
    {
        var snapshot = await reads.ReadAsync(conversation, cancellationToken).ConfigureAwait(false);
        if (!snapshot.StoreAvailable)
        {
            throw new StoreUnavailableException("The conversation could not be read when a step of a sequence was to be planned.");
        }

        var window = settings.Policy.Window(snapshot, metaClock.GetInstant());
        return window.State is WindowState.Open or WindowState.Closing ? window.Until
            : window.State == WindowState.Unknown && snapshot.State.LastInbound is { } last ? CustomerServiceWindow.ClosesAt(last)
            : null;
    }
}
