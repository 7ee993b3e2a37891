using CsCheck;
using NodaTime;

namespace WhatsSession.Core.Tests.Conversations;

public sealed class ConversationStateLaws
{
    // Two stores that learn the same facts from each other agree, whoever tells first.
    [Fact]
    public void Join_TwoStates_IsCommutative() =>
        Gen.Select(Generators.Facts, Generators.Facts).Sample((a, b) =>
            ConversationState.Join(a, b) == ConversationState.Join(b, a));

    // Facts may be joined in batches of any size.
    [Fact]
    public void Join_ThreeStates_IsAssociative() =>
        Gen.Select(Generators.Facts, Generators.Facts, Generators.Facts).Sample((a, b, c) =>
            ConversationState.Join(ConversationState.Join(a, b), c) == ConversationState.Join(a, ConversationState.Join(b, c)));

    // A webhook that comes twice changes nothing.
    [Fact]
    public void Join_StateWithItself_IsIdempotent() =>
        Generators.Facts.Sample(state => ConversationState.Join(state, state) == state);

    // A conversation that knows nothing teaches nothing.
    [Fact]
    public void Join_WithDefault_IsNeutral() =>
        Generators.Facts.Sample(state => ConversationState.Join(state, default) == state && ConversationState.Join(default, state) == state);

    // Nothing that was known is ever lost or made earlier.
    [Fact]
    public void Join_AnyFact_KeepsEveryFact() =>
        Gen.Select(Generators.Facts, Generators.Facts).Sample((state, fact) =>
        {
            var joined = ConversationState.Join(state, fact);
            return NotEarlier(joined.LastInbound, state.LastInbound) && NotEarlier(joined.LastInbound, fact.LastInbound)
                && NotEarlier(joined.Denied, state.Denied) && NotEarlier(joined.Denied, fact.Denied)
                && Kinds.All(kind => NotEarlier(joined.Answers.Of(kind), state.Answers.Of(kind)) && NotEarlier(joined.Answers.Of(kind), fact.Answers.Of(kind)))
                && NotEarlier(joined.Echoed, state.Echoed) && NotEarlier(joined.Echoed, fact.Echoed)
                && NotEarlier(joined.Doubted, state.Doubted) && NotEarlier(joined.Doubted, fact.Doubted)
                && NotEarlier(joined.Erased, state.Erased) && NotEarlier(joined.Erased, fact.Erased)
                && NotEarlier(joined.FreeEntry.Click, state.FreeEntry.Click) && NotEarlier(joined.FreeEntry.StatedEnd, fact.FreeEntry.StatedEnd);
        });

    // A join only repeats what it was told: it makes up no time.
    [Fact]
    public void Join_TwoStates_TakesEachTimeFromOneOfThem() =>
        Gen.Select(Generators.Facts, Generators.Facts).Sample((a, b) =>
        {
            var joined = ConversationState.Join(a, b);
            return (joined.LastInbound == a.LastInbound || joined.LastInbound == b.LastInbound)
                && (joined.Denied == a.Denied || joined.Denied == b.Denied)
                && Kinds.All(kind => joined.Answers.Of(kind) == a.Answers.Of(kind) || joined.Answers.Of(kind) == b.Answers.Of(kind))
                && (joined.Echoed == a.Echoed || joined.Echoed == b.Echoed)
                && (joined.Doubted == a.Doubted || joined.Doubted == b.Doubted)
                && (joined.Erased == a.Erased || joined.Erased == b.Erased)
                && (joined.FreeEntry.FirstReply == a.FreeEntry.FirstReply || joined.FreeEntry.FirstReply == b.FreeEntry.FirstReply);
        });

    // Webhooks may come twice, late and in any order, and every host still ends in the same state.
    [Fact]
    public void Join_FactsShuffledAndRepeated_GivesTheSameState() =>
        Gen.Select(Generators.Facts.Array[0, 12], Gen.Int[0, 11].Array[0, 12], Gen.Int.Array[24]).Sample((facts, repeats, order) =>
        {
            var again = facts.Concat(repeats.Where(index => index < facts.Length).Select(index => facts[index])).ToArray();
            var shuffled = again.Select((fact, index) => (fact, key: order[index])).OrderBy(pair => pair.key).Select(pair => pair.fact);
            return JoinAll(shuffled) == JoinAll(facts);
        });

    // A late webhook with an older customer message changes nothing, so it cannot shorten a window.
    [Fact]
    public void Join_OlderCustomerMessage_ChangesNothing() =>
        Gen.Select(Generators.Time, Generators.MaybeEvidence, Gen.Long[0, 200_000_000_000_000]).Sample((inbound, denied, age) =>
        {
            var state = new ConversationState(inbound, denied);
            return ConversationState.Join(state, new ConversationState(inbound - Duration.FromNanoseconds(age), null)) == state;
        });

    // A refusal that relied on an older customer message never locks a newer one out, however late it is reported.
    [Fact]
    public void IsDenied_EvidenceOlderThanInbound_IsFalse() =>
        Gen.Select(Generators.Time, Gen.Long[1, 100_000_000_000_000].Array[1, 5], Generators.State).Sample((inbound, ages, other) =>
        {
            var denials = ages.Select(age => new ConversationState(null, inbound - Duration.FromNanoseconds(age)));
            var state = JoinAll(denials.Append(new ConversationState(inbound, null)));
            return !state.IsDenied
                && !ConversationState.Join(state, new ConversationState(other.LastInbound, null)).IsDenied;
        });

    // A refusal that relied on the last customer message, or a later one that this store has not seen, stands.
    [Fact]
    public void IsDenied_EvidenceNotOlderThanInbound_IsTrue() =>
        Gen.Select(Generators.Time, Gen.Long[0, 100_000_000_000_000]).Sample((inbound, lead) =>
            new ConversationState(inbound, inbound + Duration.FromNanoseconds(lead)).IsDenied);

    [Fact]
    public void IsDenied_NoRefusal_IsFalse() => new ConversationState(Given.Noon, null).IsDenied.Should().BeFalse();

    [Fact]
    public void IsDenied_NothingKnown_IsFalse() => default(ConversationState).IsDenied.Should().BeFalse();

    [Fact]
    public void IsDenied_RefusalWithoutEvidenceInAnUnseenConversation_IsTrue() =>
        new ConversationState(null, NodaConstants.UnixEpoch).IsDenied.Should().BeTrue();

    [Fact]
    public void IsDenied_RefusalWithoutEvidenceAndAnyInbound_IsFalse() =>
        new ConversationState(NodaConstants.UnixEpoch + Given.Nanoseconds(1), NodaConstants.UnixEpoch).IsDenied.Should().BeFalse();

    [Fact]
    public void AwaitsReply_NothingKnown_IsFalse() => default(ConversationState).AwaitsReply.Should().BeFalse();

    // Evidence is the customer's own time, so an answer to an older message leaves a newer one waiting.
    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void AwaitsReply_AnsweredAround_IsUntilTheEvidenceReachesTheMessage(int nanoseconds, bool awaits) =>
        new ConversationState { LastInbound = Given.Noon, Answers = AnswerTimes.By(AuthorKind.Bot, Given.Noon + Given.Nanoseconds(nanoseconds)) }.AwaitsReply.Should().Be(awaits);

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void AwaitsReply_ErasedAround_IsOnlyOfWhatCameAfter(int nanoseconds, bool awaits) =>
        new ConversationState { LastInbound = Given.Noon, Erased = Given.Noon + Given.Nanoseconds(nanoseconds) }.AwaitsReply.Should().Be(awaits);

    [Fact]
    public void AwaitsReply_MessageAndNoAnswer_IsTrue() => new ConversationState { LastInbound = Given.Noon }.AwaitsReply.Should().BeTrue();

    // Somebody wrote from the phone app: a copy of the same second may have come before the customer's message, so it answers nothing.
    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void AwaitsReply_EchoedAround_IsUntilTheCopyIsLater(int nanoseconds, bool awaits) =>
        new ConversationState { LastInbound = Given.Noon, Echoed = Given.Noon + Given.Nanoseconds(nanoseconds) }.AwaitsReply.Should().Be(awaits);

    // Echoes older and newer than answers: either covers the message.
    [Fact]
    public void AwaitsReply_AnyFacts_IsWhatNoAnswerAndNoLaterEchoCovers() =>
        Generators.Facts.Sample(state => state.AwaitsReply
            == (state.LastInbound is { } inbound && !(state.Erased >= inbound) && !(state.Answers.Latest >= inbound) && !(state.Echoed > inbound)));

    [Fact]
    public void Answers_OfEachKind_AreKeptApart() =>
        Generators.Answers.Sample(answers => answers.Latest == Kinds.Select(answers.Of).Max()
            && answers.LatestByPeople == new[] { answers.Of(AuthorKind.Unknown), answers.Of(AuthorKind.Person) }.Max()
            && Kinds.All(kind => answers == AnswerTimes.Join(answers.Without(kind), AnswerTimes.By(kind, answers.Of(kind))) && answers.Without(kind).Of(kind) is null));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void IsDoubted_RefusedAround_IsUntilTheCustomerWritesLater(int nanoseconds, bool doubted) =>
        new ConversationState { LastInbound = Given.Noon, Doubted = Given.Noon + Given.Nanoseconds(nanoseconds) }.IsDoubted.Should().Be(doubted);

    [Fact]
    public void IsDoubted_NothingReceived_IsFalse() => new ConversationState { Doubted = Given.Noon }.IsDoubted.Should().BeFalse();

    // Stored times go through eight bytes: nothing may be lost within the span, and what is beyond it keeps its order.
    [Fact]
    public void Times_WithinTheSpan_AreKeptToTheNanosecond() =>
        Gen.Select(Generators.AnyTime, Gen.Int[0, 999_999_999]).Sample((second, nanoseconds) =>
        {
            var at = second + Duration.FromNanoseconds(nanoseconds);
            var state = new ConversationState(at, at) { Answers = AnswerTimes.By(AuthorKind.Person, at), Erased = at, Echoed = at, Doubted = at };
            return (state.LastInbound, state.Denied, state.Answers.LatestByPeople, state.Erased, state.Echoed, state.Doubted) == (at, at, at, at, at, at);
        });

    [Fact]
    public void Times_BeyondTheSpan_CountAsItsEnd()
    {
        var ends = new ConversationState(Instant.MinValue, Instant.MaxValue);

        (ends.LastInbound > Instant.MinValue && ends.LastInbound < Instant.FromUtc(1678, 1, 1, 0, 0)).Should().BeTrue();
        (ends.Denied < Instant.MaxValue && ends.Denied > Instant.FromUtc(2262, 1, 1, 0, 0)).Should().BeTrue();
    }

    private static readonly AuthorKind[] Kinds = Enum.GetValues<AuthorKind>();

    private static ConversationState JoinAll(IEnumerable<ConversationState> facts) => facts.Aggregate(default(ConversationState), ConversationState.Join);

    private static bool NotEarlier(Instant? joined, Instant? part) => part is null || joined >= part;
}
