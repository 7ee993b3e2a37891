using Microsoft.Extensions.Logging;
using NodaTime;
using WhatsSession.Alerts;
using WhatsSession.Diagnostics;
using WhatsSession.Options;
using WhatsSession.Sending;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession.Handling;

/// <summary>
/// What is done with an alert before its handlers are called: it is dropped when it no longer holds, and it is told how the conversation stands now. And the
/// questions of stores to the planners are answered.
/// </summary>
internal sealed class AlertDelivery(
    IConversationStore conversations,
    IInboxStore inbox,
    HandlerSet handlers,
    WhatsSessionSettings settings,
    WhatsSessionMetrics metrics,
    TimeProvider clock,
    HeardTime heard,
    ILogger<EventDispatcher> log)
{
    // Most conversations have the customer's message among the latest few.
    private const int FewLines = 16;
    private const int ManyLines = 500;

    // A calendar may be replaced by the next version of the program.
    private static readonly Duration LongestLook = Duration.FromDays(1);

    /// <summary>Tells an alert how its conversation stands.</summary>
    /// <returns>False when the alert no longer holds.</returns>
    public async ValueTask<bool> PrepareAsync(WindowEvent alert, CancellationToken stopping)
    {
        var conversation = alert.Conversation!.Value;
        var state = (await conversations.ReadAsync(conversation, stopping).ConfigureAwait(false)).State;
        if (ReasonToDrop(alert, in state) is { } reason)
        {
            return Drop(alert, reason);
        }

        if (alert is WindowClosed closed)
        {
            closed.SetWrittenSince(state.LastInbound > closed.Opened);
        }

        var lines = await ReadLogAsync(conversation, alert, state, stopping).ConfigureAwait(false);
        var rule = RuleOf(alert);
        var since = rule.Awaits(in state) ? WaitingSince(lines, rule, in state) : null;
        if (alert is ReplyOverdue overdue)
        {
            overdue.SetOpened(state.LastInbound ?? overdue.Opened);
            if (!IsToTell(overdue, since ?? overdue.Opened))
            {
                return Drop(alert, "old");
            }
        }

        var last = lines.FirstOrDefault(static line => line.IsInbound);
        alert.SetFacts(
            alert is WindowClosed ? Duration.Zero : Duration.Max(alert.ClosesAt - clock.GetInstant(), Duration.Zero),
            since,
            last is null ? null : new HistoryMessage(last));
        return true;
    }

    /// <summary>Puts into the outbox what a planner says to a question.</summary>
    /// <returns>Why it could not be answered; null when it was.</returns>
    public async Task<Exception?> AnswerAsync(StoredEvent question, CancellationToken stopping)
    {
        try
        {
            var (check, alerts) = AlertQuestion.Read(question);
            foreach (var due in handlers.Planner.Plan(check, alerts).Due)
            {
                await inbox.EnqueueAsync(due, stopping).ConfigureAwait(false);
            }

            return null;
        }
        catch (Exception exception)
        {
            log.DispatchFailed(exception);
            return exception;
        }
    }

    private string? ReasonToDrop(WindowEvent alert, in ConversationState state) => alert switch
    {
        WindowClosing when state.LastInbound != alert.Opened => "written",
        WindowClosing when state.IsDenied => "refused",
        WindowClosing when settings.AlertsOnlyAwaitingReply && !state.AwaitsReply => "answered",
        ReplyOverdue { Rule: var rule } overdue when !rule.Awaits(in state) || rule.AnsweredUntil(in state) != overdue.AnsweredUntil => "answered",
        _ => null,
    };

    private bool Drop(WindowEvent alert, string reason)
    {
        metrics.CountDroppedAlert(alert, reason);
        log.AlertDropped(alert, reason);
        return false;
    }

    /// <summary>Whether an overdue reply is to be told: it was told long ago when it has been due for as long as stores know what they told.</summary>
    /// <exception cref="PostponedException">The customer has not waited long enough.</exception>
    private bool IsToTell(ReplyOverdue overdue, Instant since)
    {
        var now = clock.GetInstant();
        var calendar = overdue.InBusinessHours ? CalendarOf(overdue) : null;

        // Business hours that never come are never over; until somebody adds some the alert waits.
        var due = calendar is null ? since + overdue.After : calendar.Add(since, overdue.After) ?? now + LongestLook;
        if (due > now)
        {
            throw new PostponedException(heard.ToDispatch(Instant.Min(due, now + LongestLook)));
        }

        if (now - due > WindowAlert.Tolerance)
        {
            overdue.SetLate();
        }

        return now - due <= ReplyOverdueOptions.Longest;
    }

    private IBusinessCalendar? CalendarOf(ReplyOverdue overdue) => handlers.All.OfType<ReplyOverdueBinding>().FirstOrDefault(handler =>
        handler.Alert == overdue.Rule.Planned(overdue.After) && (handler.Number is null || settings.ByName[handler.Number].Id == overdue.Number))?.Calendar;

    /// <summary>The latest lines of the history, so far as they tell who waits since when.</summary>
    private async ValueTask<IReadOnlyList<LoggedMessage>> ReadLogAsync(
        ConversationKey conversation, WindowEvent alert, ConversationState state, CancellationToken stopping)
    {
        var rule = RuleOf(alert);
        var lines = await conversations.ReadLogAsync(conversation, before: null, FewLines, stopping).ConfigureAwait(false);
        var isEnough = lines.Count < FewLines
            || (lines.Any(static line => line.IsInbound) && (!rule.Awaits(in state) || HasAnswered(lines, rule, in state)));
        return isEnough || lines[^1].At < (state.LastInbound ?? alert.Opened) - CustomerServiceWindow.Length
            ? lines
            : await conversations.ReadLogAsync(conversation, before: null, ManyLines, stopping).ConfigureAwait(false);
    }

    private static Instant? WaitingSince(IReadOnlyList<LoggedMessage> lines, OverdueRule rule, in ConversationState state)
    {
        var since = state.LastInbound;
        foreach (var line in lines)
        {
            if (line.IsInbound && line.At < since && !rule.IsAnswered(line.At, in state))
            {
                since = line.At;
            }
        }

        return since;
    }

    private static bool HasAnswered(IReadOnlyList<LoggedMessage> lines, OverdueRule rule, in ConversationState state)
    {
        foreach (var line in lines)
        {
            if (line.IsInbound && rule.IsAnswered(line.At, in state))
            {
                return true;
            }
        }

        return false;
    }

    private static OverdueRule RuleOf(WindowEvent alert) => alert is ReplyOverdue { Rule: var rule } ? rule : default;
}
