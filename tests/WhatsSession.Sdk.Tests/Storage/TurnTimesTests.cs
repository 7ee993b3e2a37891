using CsCheck;
using NodaTime;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.Sdk.Tests.Storage;

[WithoutEmulator("A pure function.")]
public sealed class TurnTimesTests
{
    private static readonly PlannedTurn Plan = new("bot", Duration.FromSeconds(2), Duration.FromSeconds(10));

    private static readonly Gen<TurnTimes> Some = Gen.Select(Gen.Int[0, 100], Gen.Bool).Array[1, 5].Select(static messages =>
        messages.Select(static message => One(message.Item1, message.Item2)).Aggregate(TurnTimes.Join));

    [Fact]
    public void Join_AnyTimes_IsIdempotentCommutativeAndAssociative() => Gen.Select(Some, Some, Some).Sample(static sample =>
    {
        var (a, b, c) = sample;
        return TurnTimes.Join(a, a) == a
            && TurnTimes.Join(a, b) == TurnTimes.Join(b, a)
            && TurnTimes.Join(TurnTimes.Join(a, b), c) == TurnTimes.Join(a, TurnTimes.Join(b, c));
    });

    [Fact]
    public void DueAt_OneMoreMessage_NeverComesLaterThanTheLongestWaitOfTheFirst() => Gen.Select(Some, Some).Sample(static sample =>
        TurnTimes.Join(sample.Item1, sample.Item2).DueAt(Plan) <= sample.Item1.Least + Plan.AtMost);

    [Theory]
    [InlineData(0, 0, null, 2)]
    [InlineData(0, 7, null, 9)]
    [InlineData(0, 9, null, 10)]
    [InlineData(0, 30, null, 10)]
    [InlineData(0, 5, 5, 5)]
    [InlineData(0, 5, 20, 7)]
    public void DueAt_Times_IsTheEarliestOfThree(int least, int greatest, int? tapped, int due) =>
        new TurnTimes(At(least), At(greatest), tapped is { } at ? At(at) : null).DueAt(Plan).Should().Be(At(due));

    [Fact]
    public void DueAt_EndOfTime_IsTheEndOfTime() =>
        new TurnTimes(Instant.MaxValue, Instant.MaxValue, Tapped: null).DueAt(Plan).Should().Be(Instant.MaxValue);

    [Theory]
    [InlineData(-1, 10)]
    [InlineData(3, 2)]
    [InlineData(3, 86_401)]
    public void PlannedTurn_TimesOutOfRange_AreRefused(int quiet, int atMost)
    {
        var make = () => new PlannedTurn("bot", Duration.FromSeconds(quiet), Duration.FromSeconds(atMost));
        make.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static Instant At(int seconds) => Start + Duration.FromSeconds(seconds);

    private static TurnTimes One(int seconds, bool isTap) => new(At(seconds), At(seconds), isTap ? At(seconds) : null);
}
