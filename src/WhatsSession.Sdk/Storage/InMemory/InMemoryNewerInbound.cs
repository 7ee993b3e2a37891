namespace WhatsSession.Storage.InMemory;

/// <summary>Whether a customer has written since a point.</summary>
internal static class InMemoryNewerInbound
{
    public static bool Any(InMemoryState state, ConversationKey conversation, InboundPoint point)
    {
        var at = point.At.ToSecond();
        var everyone = state.Identities.ReadEveryone(conversation, out var hiddenUntil);
        foreach (var member in everyone)
        {
            if (IdentityRules.LaterThan(state.Windows.Read(member), hiddenUntil).LastInbound > at)
            {
                return true;
            }
        }

        // What left the history for want of room arrived before what is there.
        var arrival = point.Message is { } message
            ? state.Log.FindNewest(everyone, at, line => line.IsInbound && line.At == at && line.MessageId == message)?.Arrival ?? 0
            : long.MaxValue;
        return state.Log.FindNewest(everyone, at, IsNewer) is not null;

        bool IsNewer(InMemoryLogLine line) =>
            line.IsInbound && !(line.At <= hiddenUntil) && (line.At > at || (line.Arrival > arrival && line.MessageId != point.Message));
    }
}
