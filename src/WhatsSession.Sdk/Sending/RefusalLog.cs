using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using WhatsSession.Diagnostics;

namespace WhatsSession.Sending;

/// <summary>Tells of messages that were not accepted, once for each matter: what is tried again in its place is no warning, and what comes again with its
/// event or its work is told once in a while.</summary>
internal sealed class RefusalLog(TimeProvider clock, ILogger<SendAttempts> log)
{
    private static readonly TimeSpan While = TimeSpan.FromMinutes(15);

    // By number and what is wrong, when it was told last. There are as many as numbers times a few errors.
    private readonly ConcurrentDictionary<(string Number, string Error), long> _told = new();

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
            if (refused.Error.Category != GraphErrorCategory.RateLimited && IsNews(send.Number.Name, TelemetryNames.Of(refused.Error)))
            {
                log.MessageComesAgain(send.Id, send.Number.Name, ReasonOf(result));
            }
        }
        else if (!send.IsReply)
        {
            // Of a reply, whoever handles its event tells.
            log.MessageNotAccepted(send.Id, send.Number.Name, ReasonOf(result));
        }
    }

    private static bool ComesAgain(OutboundSend send, GraphError error) =>
        send.IsReply ? error.IsSafeToRetry || Postponement.IsOfToken(error)
        : send.Take is not null && (error.IsSafeToRetry || error.Category is GraphErrorCategory.Configuration or GraphErrorCategory.Restricted);

    private static string ReasonOf(GraphSendResult result) => result switch
    {
        GraphSendResult.Refused { Error: var error } => $"{error}. {error.Advice}",
        GraphSendResult.Unanswered { Cause: var cause } =>
            $"the request was written and no usable answer came ({cause}). It is not sent again, for Meta may have it: its statuses tell, and carry the intent.",
        _ => "",
    };

    private bool IsNews(string number, string error)
    {
        var (key, now) = ((number, error), clock.GetTimestamp());
        return _told.TryGetValue(key, out var last)
            ? clock.GetElapsedTime(last, now) >= While && _told.TryUpdate(key, now, last)
            : _told.TryAdd(key, now);
    }
}
