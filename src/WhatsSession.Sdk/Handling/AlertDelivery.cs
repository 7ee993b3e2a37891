using Microsoft.Extensions.Logging;
using NodaTime;
using WhatsSession.Diagnostics;
using WhatsSession.Options;
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
    ILogger<EventDispatcher> log)
{
    // Most conversations have the customer's message among the latest few.
    private const int FewLines = 16;
    private const int ManyLines = 500;

    /// <summary>Tells an alert how its conversation stands.</summary>
    /// <returns>False when the alert no longer holds.</returns>
    public async ValueTask<bool> PrepareAsync(WindowEvent alert, CancellationToken stopping)
    {
        var conversation = alert.Conversation!.Value;
        var state = (await conversations.ReadAsync(conversation, stopping).ConfigureAwait(false)).State;
        if (alert is WindowClosing closing && ReasonToDrop(closing, state) is { } reason)
        {
            metrics.CountDroppedAlert(alert, reason);
            log.AlertDropped(alert, reason);
            return false;
        }

        if (alert is WindowClosed closed)
        {
            closed.SetWrittenSince(state.LastInbound > closed.Opened);
        }

        var lines = await ReadLogAsync(conversation, alert, state, stopping).ConfigureAwait(false);
        var last = lines.FirstOrDefault(static line => line.IsInbound);
        alert.SetFacts(
            alert is WindowClosed ? Duration.Zero : Duration.Max(alert.ClosesAt - clock.GetInstant(), Duration.Zero),
            state.AwaitsReply ? WaitingSince(lines, state) : null,
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

    private string? ReasonToDrop(WindowClosing alert, ConversationState state) =>
        state.LastInbound != alert.Opened ? "written"
        : state.IsDenied ? "refused"
        : settings.AlertsOnlyAwaitingReply && !state.AwaitsReply ? "answered"
        : null;

    /// <summary>The latest lines of the history, so far as they tell who waits since when.</summary>
    private async ValueTask<IReadOnlyList<LoggedMessage>> ReadLogAsync(
        ConversationKey conversation, WindowEvent alert, ConversationState state, CancellationToken stopping)
    {
        var lines = await conversations.ReadLogAsync(conversation, before: null, FewLines, stopping).ConfigureAwait(false);
        var isEnough = lines.Count < FewLines
            || (lines.Any(static line => line.IsInbound) && (!state.AwaitsReply || lines.Any(line => line.IsInbound && IsAnswered(line.At, state))));
        return isEnough || lines[^1].At < (state.LastInbound ?? alert.Opened) - CustomerServiceWindow.Length
            ? lines
            : await conversations.ReadLogAsync(conversation, before: null, ManyLines, stopping).ConfigureAwait(false);
    }

    private static Instant? WaitingSince(IReadOnlyList<LoggedMessage> lines, ConversationState state)
    {
        var since = state.LastInbound;
        foreach (var line in lines)
        {
            if (line.IsInbound && line.At < since && !IsAnswered(line.At, state))
            {
                since = line.At;
            }
        }

        return since;
    }

    private static bool IsAnswered(Instant inbound, ConversationState state) => inbound <= state.Answers.Latest || inbound < state.Echoed;
}
