using Microsoft.Extensions.Logging;
using WhatsSession.Diagnostics;
using WhatsSession.Shared;

namespace WhatsSession.Sending;

/// <summary>Tells of messages that were not accepted, once in a while for each number and error: what is tried again in its place is no warning.</summary>
internal sealed class RefusalLog(RecurringWarnings recurring, ILogger<SendAttempts> log)
{
    /// <summary>Tells that a request was refused and is made again in its place.</summary>
    public void TellRetry(OutboundSend send, GraphSendResult result, TimeSpan delay)
    {
        if (log.IsEnabled(LogLevel.Debug))
        {
            log.SendRetried(send.Id, send.Number.Name, delay, ReasonOf(result));
        }
    }

    /// <summary>Tells what became of the last request of a send, unless it was accepted or somebody else tells it.</summary>
    public void Tell(OutboundSend send, GraphSendResult result)
    {
        if (result is GraphSendResult.Accepted || !log.IsEnabled(LogLevel.Warning))
        {
            return;
        }

        if (result is GraphSendResult.Refused refused && ComesAgain(send, refused.Error))
        {
            // Waiting is all that a rate limit asks for.
            if (refused.Error.Category != GraphErrorCategory.RateLimited
                && LevelOf(nameof(Log.MessageComesAgain), send, result) is var level && log.IsEnabled(level))
            {
                log.MessageComesAgain(level, send.Id, send.Number.Name, ReasonOf(result));
            }
        }
        else if (!send.IsReply && LevelOf(nameof(Log.MessageNotAccepted), send, result) is var level && log.IsEnabled(level))
        {
            // Of a reply, whoever handles its event tells.
            log.MessageNotAccepted(level, send.Id, send.Number.Name, ReasonOf(result));
        }
    }

    private static bool ComesAgain(OutboundSend send, GraphError error) =>
        send.IsReply ? error.IsSafeToRetry || Postponement.IsOfToken(error)
        : send.Take is not null && (error.IsSafeToRetry || error.Category is GraphErrorCategory.Configuration or GraphErrorCategory.Restricted);

    private static string ReasonOf(GraphSendResult result) => result switch
    {
        GraphSendResult.Refused { Error: var error } => $"{error}. {error.Advice}",
        GraphSendResult.Unanswered { Cause: var cause } =>
            $"the request was written and no usable answer came ({cause}). It is not sent again, for Meta may have it: its statuses tell, "
            + "and carry the intent.",
        _ => "",
    };

    private LogLevel LevelOf(string line, OutboundSend send, GraphSendResult result) =>
        recurring.LevelOf(line, result is GraphSendResult.Refused { Error: var error } ? TelemetryNames.Of(error) : "unanswered", send.Number.Name);
}
