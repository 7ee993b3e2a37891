using CsCheck;
using NodaTime;

namespace WhatsSession.Core.Tests.Windows;

public sealed class FreeEntryPointTests
{
    private static readonly Instant Click = Given.Noon;

    [Fact]
    public void Join_TwoPoints_IsCommutative() =>
        Gen.Select(Generators.FreeEntry, Generators.FreeEntry).Sample((a, b) => FreeEntryPoint.Join(a, b) == FreeEntryPoint.Join(b, a));

    [Fact]
    public void Join_ThreePoints_IsAssociative() =>
        Gen.Select(Generators.FreeEntry, Generators.FreeEntry, Generators.FreeEntry).Sample((a, b, c) =>
            FreeEntryPoint.Join(FreeEntryPoint.Join(a, b), c) == FreeEntryPoint.Join(a, FreeEntryPoint.Join(b, c)));

    [Fact]
    public void Join_PointWithItselfOrNothing_IsThePoint() =>
        Generators.FreeEntry.Sample(point => FreeEntryPoint.Join(point, point) == point && FreeEntryPoint.Join(point, default) == point);

    // The window is never extended: of one click the first reply counts, whichever is learnt first.
    [Fact]
    public void Join_RepliesToOneClick_KeepsTheFirst() =>
        Gen.Select(Generators.Time, Generators.Time).Sample((one, other) =>
            FreeEntryPoint.Join(new(Click, one, statedEnd: null), new(Click, other, statedEnd: null)).FirstReply == Instant.Min(one, other));

    // A newer advertisement begins anew: the reply to an older one opens nothing for it.
    [Fact]
    public void Join_LaterClick_BringsItsOwnReply()
    {
        var older = new FreeEntryPoint(Click, Click + Duration.FromMinutes(1), statedEnd: null);
        var later = new FreeEntryPoint(Click + Given.Nanoseconds(1), firstReply: null, statedEnd: null);

        FreeEntryPoint.Join(older, later).Should().Be(later);
    }

    [Fact]
    public void EndsAt_NothingKnown_IsNull() => default(FreeEntryPoint).EndsAt.Should().BeNull();

    [Fact]
    public void EndsAt_ClickWithoutReply_IsNull() => new FreeEntryPoint(Click, firstReply: null, statedEnd: null).EndsAt.Should().BeNull();

    [Fact]
    public void EndsAt_FirstReply_Is72HoursLater()
    {
        var reply = Click + Duration.FromHours(2);

        new FreeEntryPoint(Click, reply, statedEnd: null).EndsAt.Should().Be(reply + Duration.FromHours(72));
        FreeEntryPoint.Length.Should().Be(Duration.FromHours(72));
    }

    /// <summary>Hours after the reply: what Meta stated, until when the window is surely open, until when it may be.</summary>
    [Theory]
    [InlineData(null, 72, 168)]
    [InlineData(71, 72, 168)]
    [InlineData(72, 72, 72)]
    [InlineData(100, 100, 100)]
    [InlineData(168, 168, 168)]
    [InlineData(169, 168, 168)]
    public void EndsAt_EndStatedByMeta_LengthensUpTo7Days(int? stated, int sure, int possible)
    {
        var reply = Click + Duration.FromHours(2);
        var point = new FreeEntryPoint(Click, reply, stated is { } hours ? reply + Duration.FromHours(hours) : null);

        (point.EndsAt - reply).Should().Be(Duration.FromHours(sure));
        (point.MayEndAt - reply).Should().Be(Duration.FromHours(possible));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    public void EndsAt_EndStatedBeforeAReplyIsKnown_CountsUnlessItIsOfAnOlderClick(int nanoseconds, bool counts)
    {
        var stated = Click + Given.Nanoseconds(nanoseconds);
        var point = new FreeEntryPoint(Click, firstReply: null, stated);

        point.EndsAt.Should().Be(counts ? stated : null);
        point.MayEndAt.Should().Be(point.EndsAt);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void ReplyAt_Around24HoursAfterTheClick_CountsBeforeThem(int nanoseconds, bool counts)
    {
        var reply = Click + Given.Day + Given.Nanoseconds(nanoseconds);

        new FreeEntryPoint(Click, firstReply: null, statedEnd: null).ReplyAt(reply).Should().Be(counts ? new FreeEntryPoint(Click, reply, statedEnd: null) : default);
    }

    [Fact]
    public void ReplyAt_TheClickItself_CountsAndBeforeItDoesNot()
    {
        var point = new FreeEntryPoint(Click, firstReply: null, statedEnd: null);

        point.ReplyAt(Click).FirstReply.Should().Be(Click);
        point.ReplyAt(Click - Given.Nanoseconds(1)).Should().Be(default(FreeEntryPoint));
        default(FreeEntryPoint).ReplyAt(Click).Should().Be(default(FreeEntryPoint));
    }
}
