using NodaTime;

namespace WhatsSession.Storage;

/// <summary>Times as stores keep them: to the second, as the platform gives them.</summary>
internal static class StoredTimes
{
    public static Instant ToSecond(this Instant at) => Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds());

    public static ConversationState ToSeconds(this ConversationState facts) => new(facts.LastInbound?.ToSecond(), facts.Denied?.ToSecond())
    {
        Answered = facts.Answered?.ToSecond(),
        FreeEntry = new FreeEntryPoint(facts.FreeEntry.Click?.ToSecond(), facts.FreeEntry.FirstReply?.ToSecond(), facts.FreeEntry.StatedEnd?.ToSecond()),
    };
}
