using Microsoft.Extensions.Logging;
using WhatsSession.Diagnostics;
using WhatsSession.Sending;
using WhatsSession.Storage;
using WhatsSession.TemplateCatalog;

namespace WhatsSession.Handling;

/// <summary>What is done with one event: first what the SDK does itself, then the handlers, one after the other.</summary>
internal sealed class EventHandling(
    WhatsSessionClient client,
    HandlerSet handlers,
    HandlerRunner runner,
    EngineRunner engine,
    AlertDelivery alerts,
    ObservedRuns runs,
    TemplateReadiness templates,
    ReplyWaits replies,
    ILogger<EventDispatcher> log)
{
    /// <summary>Runs what has not completed in an earlier try.</summary>
    /// <param name="claim">The event, in this try.</param>
    /// <param name="mark">Notes that the named handler completed. The last one is not noted when nothing failed: the event is done then.</param>
    /// <param name="stopping">The end of the host.</param>
    /// <returns>Why the event is not done; null when it is.</returns>
    public async Task<Exception?> RunAsync(ClaimedEvent claim, Func<string, Task> mark, CancellationToken stopping)
    {
        if (AlertQuestion.Is(claim.Event))
        {
            return await alerts.AnswerAsync(claim.Event, stopping).ConfigureAwait(false);
        }

        WhatsAppEvent received;
        try
        {
            received = EventRestoring.Restore(claim.Event);
        }
        catch (Exception exception)
        {
            // What was stored cannot be read: it is tried again, by a newer version perhaps, and then parked, so that it holds up nobody.
            log.DispatchFailed(exception);
            return exception;
        }

        if (received is EngineWork work)
        {
            return await engine.RunAsync(work, claim.Attempt, stopping).ConfigureAwait(false);
        }

        if (received is TemplateEvent told)
        {
            await templates.NoteAsync(told, stopping).ConfigureAwait(false);
        }

        try
        {
            if (received is WindowEvent alert && !await alerts.PrepareAsync(alert, stopping).ConfigureAwait(false))
            {
                return null;
            }
        }
        catch (PostponedException postponed)
        {
            return postponed;
        }

        return await RunHandlersAsync(received, claim, mark, stopping).ConfigureAwait(false);
    }

    private async Task<Exception?> RunHandlersAsync(WhatsAppEvent received, ClaimedEvent claim, Func<string, Task> mark, CancellationToken stopping)
    {
        var number = received.Number is { } id ? client.Find(id) : null;
        var (chosen, failure) = await ChooseAsync(received, number, claim, stopping).ConfigureAwait(false);
        if (received is Turn turn && !handlers.All.Any(handler => string.Equals(handler.Name, turn.Field, StringComparison.Ordinal)))
        {
            // It was left to this host because no host with the handler took it. It is tried again, so that one may, and then parked.
            return runs.Begin(turn.Field, turn, claim.Attempt).Fail(new InvalidOperationException($"This host has no handler of turns \"{turn.Field}\"."));
        }

        if (chosen.Count == 0 && failure is null && claim.CompletedHandlers.Count == 0 && !handlers.Lanes.MakesTurns(received.Lane))
        {
            log.EventNotHandled(received);
        }

        Exception? postponed = null;
        string? unmarked = null;
        foreach (var handler in chosen)
        {
            if (unmarked is not null)
            {
                await mark(unmarked).ConfigureAwait(false);
                unmarked = null;
            }

            var undone = await InvokeAsync(handler, received, number, claim.Attempt, stopping).ConfigureAwait(false);
            if (undone is ReplyPostponedException)
            {
                postponed = undone;
            }
            else if (undone is not null)
            {
                failure = undone;
            }
            else
            {
                unmarked = handler.Name;
            }
        }

        // While a reply waits nothing is set aside: a handler that failed beside it is called again with it, and its tries count afterwards.
        var reason = postponed ?? failure;
        if (reason is not null && unmarked is not null)
        {
            await mark(unmarked).ConfigureAwait(false);
        }

        return reason;
    }

    /// <summary>The handlers to call now. Which take the event is decided by their types and filters, those too that completed in an earlier try.</summary>
    private async Task<(List<HandlerBinding> Chosen, Exception? Failure)> ChooseAsync(
        WhatsAppEvent received, BusinessNumber? number, ClaimedEvent claim, CancellationToken stopping)
    {
        var chosen = new List<HandlerBinding>();
        var isTaken = false;
        Exception? failure = null;
        foreach (var handler in handlers.All)
        {
            var asked = runs.Begin(handler.Name, received, claim.Attempt);
            try
            {
                if (!await runner.AcceptsAsync(handler, received, number, stopping).ConfigureAwait(false))
                {
                    continue;
                }
            }
            catch (Exception exception)
            {
                // A filter is code of the user too. What it would have taken is not left to those that take the rest.
                failure = asked.Fail(exception);
                isTaken = true;
                continue;
            }

            isTaken |= handler.Claims(received);
            if (!claim.CompletedHandlers.Contains(handler.Name, StringComparer.Ordinal))
            {
                chosen.Add(handler);
            }
        }

        if (isTaken)
        {
            chosen.RemoveAll(static handler => handler.TakesRest);
        }

        return (chosen, failure);
    }

    private async Task<Exception?> InvokeAsync(HandlerBinding handler, WhatsAppEvent received, BusinessNumber? number, int attempt, CancellationToken stopping)
    {
        using var span = WhatsSessionActivities.StartHandler(handler.Name, received, number?.Name, attempt);
        var observed = runs.Begin(handler.Name, received, attempt);
        var run = new HandlerRun(received.Key, handler.Name, attempt) { WasAwaited = received.About is { } id && replies.WasAwaited(id) };
        try
        {
            var postponed = await runner.RunAsync(handler, received, number, run, stopping).ConfigureAwait(false);
            observed.End(postponed);
            return postponed;
        }
        catch (ReplyPostponedException) when (run.Postponed is not null)
        {
            observed.End(run.Postponed);
            return run.Postponed;
        }
        catch (Exception exception)
        {
            // Code of the user: whatever it throws concerns this handler and this event alone.
            observed.Fail(exception, span);
            return run.Postponed ?? exception;
        }
    }
}
