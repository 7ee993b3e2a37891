using CsCheck;
using NodaTime;

namespace WhatsSession.Core.Tests;

/// <summary>Generators for the laws. Times lie on few whole hours, give or take few nanoseconds, so that ties and boundaries come up all the time.</summary>
internal static class Generators
{
    public static Gen<Instant> Time { get; } = Gen.Select(Gen.Int[0, 60], Gen.Int[-2, 2], (hours, nanoseconds) =>
        Given.Noon + Duration.FromHours(hours) + Duration.FromNanoseconds(nanoseconds));

    public static Gen<Instant> AnyTime { get; } = Gen.Long[-4_000_000_000, 8_000_000_000].Select(Instant.FromUnixTimeSeconds);

    public static Gen<Instant?> MaybeTime { get; } = Gen.Select(Gen.Int[0, 3], Time, (choice, time) => choice == 0 ? (Instant?)null : time);

    public static Gen<Instant?> MaybeEvidence { get; } = Gen.Select(Gen.Int[0, 5], Time, (choice, time) =>
        choice switch { 0 or 1 => (Instant?)null, 2 => NodaConstants.UnixEpoch, _ => time });

    public static Gen<ConversationState> State { get; } = Gen.Select(MaybeTime, MaybeEvidence, (inbound, denied) => new ConversationState(inbound, denied));

    public static Gen<FreeEntryPoint> FreeEntry { get; } = Gen.Select(MaybeTime, MaybeTime, MaybeTime, (click, reply, end) => new FreeEntryPoint(click, reply, end));

    /// <summary>Answers of up to two kinds of authors.</summary>
    public static Gen<AnswerTimes> Answers { get; } = Gen.Select(Gen.Int[0, 3], MaybeTime, Gen.Int[0, 3], MaybeTime, (one, at, other, then) =>
        AnswerTimes.Join(AnswerTimes.By((AuthorKind)one, at), AnswerTimes.By((AuthorKind)other, then)));

    /// <summary>A state with every kind of fact.</summary>
    public static Gen<ConversationState> Facts { get; } =
        from state in State
        from answers in Answers
        from others in Gen.Select(MaybeTime, MaybeTime, MaybeTime, FreeEntry)
        select state with { Answers = answers, Erased = others.Item1, Echoed = others.Item2, Doubted = others.Item3, FreeEntry = others.Item4 };

    public static Gen<ConversationSnapshot> Snapshot { get; } = Gen.Select(State, MaybeTime, Gen.Int[0, 9], (state, history, store) =>
        new ConversationSnapshot { Key = Given.Key, State = state, HistorySince = history, StoreAvailable = store != 0 });

    public static Gen<SendPolicy> Policy { get; } = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 2], Gen.Int[0, 3], Gen.Bool, Gen.Bool, (enabled, margin, lead, history, store) =>
        new SendPolicy
        {
            Enabled = enabled != 0,
            Margin = Duration.FromHours(margin),
            ClosingLead = Duration.FromHours(lead),
            NoHistory = history ? GuardChoice.Send : GuardChoice.Refuse,
            StoreUnavailable = store ? GuardChoice.Send : GuardChoice.Refuse,
        });

    /// <summary>A snapshot with every kind of fact.</summary>
    public static Gen<ConversationSnapshot> FullSnapshot { get; } = Gen.Select(Snapshot, Facts, Gen.Int[0, 2], MaybeTime, (snapshot, state, choice, until) =>
        snapshot with
        {
            State = state,
            Restriction = choice == 1 ? new MessagingRestriction(Given.Noon, Applies: true, until) : null,
        });

    /// <summary>A status: few words, few times and few errors, so that they meet.</summary>
    public static Gen<MessageDelivery> Delivery { get; } = Gen.Select(Gen.Int[0, 6], Gen.Int[0, 3], Gen.Int[0, 5], (word, second, error) => MessageDelivery.Of(
        new DeliveryStatus(word switch { 0 => "sent", 1 => "delivered", 2 => "read", 3 => "played", 4 or 5 => "failed", _ => "tomorrow" }),
        Given.Noon + Duration.FromSeconds(second),
        error > 3 ? null : new GraphError { Code = error % 2, Details = error > 1 ? "more" : null }));

    public static Gen<MessagingRestriction> Restriction { get; } = Gen.Select(Gen.Int[0, 2], Gen.Bool, MaybeTime, (hours, applies, until) =>
        new MessagingRestriction(Given.Noon + Duration.FromHours(hours), applies, until));
}
