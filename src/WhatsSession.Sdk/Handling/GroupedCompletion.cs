using Microsoft.Extensions.Logging;
using WhatsSession.Diagnostics;
using WhatsSession.Storage;

namespace WhatsSession.Handling;

/// <summary>Ends the claims of events that are done: each write takes what came while the one before went on.</summary>
internal sealed class GroupedCompletion(IInboxStore store, ILogger log)
{
    private readonly List<DispatchInFlight> _waiting = [];
    private bool _isWriting;

    /// <summary>Ends the claim that is held, soon.</summary>
    /// <param name="dispatch">The event.</param>
    /// <param name="then">
    /// What follows, which returns at once; false for a claim that was not held or could not be written. The same for every event.
    /// </param>
    public void Add(DispatchInFlight dispatch, Action<DispatchInFlight, bool> then)
    {
        lock (_waiting)
        {
            _waiting.Add(dispatch);
            if (_isWriting)
            {
                return;
            }

            _isWriting = true;
        }

        _ = WriteAllAsync(then);
    }

    private async Task WriteAllAsync(Action<DispatchInFlight, bool> then)
    {
        while (true)
        {
            DispatchInFlight[] group;
            lock (_waiting)
            {
                if (_waiting.Count == 0)
                {
                    _isWriting = false;
                    return;
                }

                group = [.. _waiting];
                _waiting.Clear();
            }

            var claims = Array.ConvertAll(group, static dispatch => dispatch.Claim);
            var lost = await WriteAsync(claims).ConfigureAwait(false);
            for (var i = 0; i < group.Length; i++)
            {
                try
                {
                    then(group[i], lost.Count == 0 || !lost.Contains(claims[i]));
                }
                catch (Exception exception)
                {
                    // The others shall end all the same, and those that come later.
                    log.DispatchFailed(exception);
                }
            }
        }
    }

    /// <returns>The claims that were not ended.</returns>
    private async ValueTask<IReadOnlyList<ClaimedEvent>> WriteAsync(ClaimedEvent[] claims)
    {
        try
        {
            return claims is not [var only] ? await store.CompleteAsync(claims, CancellationToken.None).ConfigureAwait(false) ?? claims
                : await store.FinishAsync(only, DispatchResult.Completed.Instance, CancellationToken.None).ConfigureAwait(false) ? []
                : claims;
        }
        catch (Exception exception)
        {
            // Each is tried by itself.
            log.DispatchFailed(exception);
            return claims;
        }
    }
}
