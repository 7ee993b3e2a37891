using NodaTime;

namespace WhatsSession.Time;

/// <summary>What Meta's time is at least, by what was heard of it: a join, so that order, repetition and the host that heard it do not matter.</summary>
/// <param name="Answered">The newest time of an answer of Meta's; 1970 for none.</param>
/// <param name="Newest">The newest time in webhooks, as sent; 1970 for none. Alone it counts for nothing: one may be wrong.</param>
/// <param name="Second">The newest time in webhooks but that one; 1970 for none.</param>
internal readonly record struct MetaTime(Instant Answered, Instant Newest, Instant Second)
{
    /// <summary>The later of the newest answer and the second newest time in webhooks; null when neither is known.</summary>
    public Instant? Value => Instant.Max(Answered, Second) is var later && later > NodaConstants.UnixEpoch ? later : null;

    public static MetaTime Join(MetaTime left, MetaTime right) => left.Answer(right.Answered).Tell(right.Newest).Tell(right.Second);

    /// <summary>With the time of an answer.</summary>
    public MetaTime Answer(Instant time) => time > Answered ? this with { Answered = time } : this;

    /// <summary>With a time in a webhook.</summary>
    public MetaTime Tell(Instant time) =>
        time > Newest ? this with { Newest = time, Second = Newest }
        : time < Newest && time > Second ? this with { Second = time }
        : this;
}
