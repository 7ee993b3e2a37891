using WhatsSession.Handling;
using WhatsSession.Sending;
using WhatsSession.Storage;

namespace WhatsSession.Accepting;

/// <summary>Tells those in this process who wait for what the store has now.</summary>
internal sealed class Arrivals(DeliveryWaits waits, ReplyWaits replies, HandlerSet handlers, WakeUp wake)
{
    public void Tell(IReadOnlyList<StoredEvent> events)
    {
        waits.Tell(events);
        replies.Tell(events);
        foreach (var stored in events)
        {
            if (handlers.Lanes.Contain(stored) || (stored.Turn == TurnPart.Tap && handlers.Lanes.MakesTurns(stored.Lane)))
            {
                wake.Wake();
                return;
            }
        }
    }
}
