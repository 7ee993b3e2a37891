using NodaTime;

namespace WhatsSession.Storage;

/// <summary>Times as stores keep them: to the second, as the platform gives them.</summary>
internal static class StoredTimes
{
    public static Instant ToSecond(this Instant at) => Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds());

    /// <summary>So long after a moment, or the end of time.</summary>
    public static Instant PlusOrLatest(this Instant at, Duration delay) => delay > Instant.MaxValue - at ? Instant.MaxValue : at + delay;

    public static ConversationState ToSeconds(this ConversationState facts) => new(facts.LastInbound?.ToSecond(), facts.Denied?.ToSecond())
    {
        Answers = facts.Answers == default ? default : facts.Answers.ToSeconds(),
        Echoed = facts.Echoed?.ToSecond(),
        Doubted = facts.Doubted?.ToSecond(),
        FreeEntry = new FreeEntryPoint(facts.FreeEntry.Click?.ToSecond(), facts.FreeEntry.FirstReply?.ToSecond(), facts.FreeEntry.StatedEnd?.ToSecond()),
    };

    private static AnswerTimes ToSeconds(this AnswerTimes answers)
    {
        var seconds = default(AnswerTimes);
        foreach (var kind in (ReadOnlySpan<AuthorKind>)[AuthorKind.Unknown, AuthorKind.Person, AuthorKind.Bot, AuthorKind.Sequence])
        {
            seconds = AnswerTimes.Join(seconds, AnswerTimes.By(kind, answers.Of(kind)?.ToSecond()));
        }

        return seconds;
    }
}
