using CsCheck;
using NodaTime;
using WhatsSession.Time;

namespace WhatsSession.Sdk.Tests.Time;

[WithoutEmulator("A pure join.")]
public sealed class MetaTimeTests
{
    // Few moments, so that many are the same.
    private static readonly Gen<Instant> Moment = Gen.Int[1, 9].Select(static day => NodaConstants.UnixEpoch + Duration.FromDays(day));

    private static readonly Gen<(bool IsAnswer, Instant Time)[]> Heard = Gen.Select(Gen.Bool, Moment, static (isAnswer, time) => (isAnswer, time)).Array[0, 8];

    private static readonly Gen<MetaTime> Times = Heard.Select(Hear);

    [Fact]
    public void Join_IsCommutativeAssociativeAndIdempotent() => Gen.Select(Times, Times, Times).Sample(static (a, b, c) =>
        MetaTime.Join(a, b) == MetaTime.Join(b, a)
        && MetaTime.Join(MetaTime.Join(a, b), c) == MetaTime.Join(a, MetaTime.Join(b, c))
        && MetaTime.Join(a, a) == a
        && MetaTime.Join(a, default) == a);

    [Fact]
    public void Hear_SplitOverHostsInAnyOrderAndTwice_IsTheSame() => Gen.Select(Heard, Heard).Sample(static (one, other) =>
        Hear([.. one, .. other]) == MetaTime.Join(Hear(one), Hear(other))
        && Hear([.. one, .. other]) == Hear([.. other.Reverse(), .. one, .. other]));

    [Fact]
    public void Value_NeverGoesBack() => Gen.Select(Times, Times).Sample(static (a, b) => (MetaTime.Join(a, b).Value >= a.Value) || a.Value is null);

    [Fact]
    public void Value_OneTimeInWebhooks_SaysNothing() => Gen.Select(Times, Moment).Sample(static (a, time) =>
        a.Tell(time + Duration.FromDays(100)).Value <= Instant.Max(a.Answered, a.Newest) || a.Tell(time + Duration.FromDays(100)).Value is null);

    [Fact]
    public void Value_IsTheLaterOfTheNewestAnswerAndTheSecondNewestDistinctTime() => Heard.Sample(static heard =>
    {
        var answers = heard.Where(static one => one.IsAnswer).Select(static one => one.Time);
        var told = heard.Where(static one => !one.IsAnswer).Select(static one => one.Time).Distinct().OrderDescending().Skip(1).Take(1);
        return Hear(heard).Value == answers.Concat(told).Cast<Instant?>().Max();
    });

    private static MetaTime Hear((bool IsAnswer, Instant Time)[] heard) =>
        heard.Aggregate(default(MetaTime), static (time, one) => one.IsAnswer ? time.Answer(one.Time) : time.Tell(one.Time));
}
