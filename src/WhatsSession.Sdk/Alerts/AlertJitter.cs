using System.IO.Hashing;
using System.Runtime.InteropServices;
using NodaTime;

namespace WhatsSession.Alerts;

/// <summary>Spreads the alerts of windows that close at once over a while, so that not all of them are told in one moment.</summary>
/// <param name="most">How much later an alert may be told; zero for none.</param>
internal sealed class AlertJitter(Duration most)
{
    /// <summary>When to tell an alert; null for when it is due. By the conversation alone, so that each host comes to the same moment.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="due">When the alert is due.</param>
    /// <param name="end">When the window closes: it is told by then.</param>
    public Instant? DueAt(ConversationKey conversation, Instant due, Instant end)
    {
        if (most == Duration.Zero)
        {
            return null;
        }

        var hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes($"{conversation.Number.Value}/{conversation.Party}".AsSpan()));
        return Instant.Min(due + Duration.FromTicks((long)(hash % (ulong)(most.BclCompatibleTicks + 1))), end);
    }
}
