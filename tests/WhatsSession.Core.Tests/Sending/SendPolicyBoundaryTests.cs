using NodaTime;

namespace WhatsSession.Core.Tests.Sending;

/// <summary>Every boundary by the nanosecond and by the tick; every span holds its beginning and not its end.</summary>
public sealed class SendPolicyBoundaryTests
{
    private static readonly Instant Opened = Given.Noon;
    private static readonly Instant Closes = Given.Noon + Duration.FromHours(24);
    private static readonly SendPolicy NoMargin = new() { Margin = Duration.Zero };

    public static TheoryData<int> JustBefore => Given.JustBefore;

    public static TheoryData<int> AtAndJustAfter => Given.AtAndJustAfter;

    [Theory]
    [MemberData(nameof(JustBefore))]
    public void Window_JustBefore24Hours_IsOpenStill(int nanoseconds) =>
        NoMargin.Window(Given.Snapshot(Opened), Closes + Given.Nanoseconds(nanoseconds))
            .Should().Be(new WindowStatus(WindowState.Closing, Closes, Opened, MaySend: true, Given.Nanoseconds(-nanoseconds)));

    [Theory]
    [MemberData(nameof(AtAndJustAfter))]
    public void Window_From24Hours_IsClosed(int nanoseconds) =>
        NoMargin.Window(Given.Snapshot(Opened), Closes + Given.Nanoseconds(nanoseconds))
            .Should().Be(new WindowStatus(WindowState.Closed, Until: null, Closes, MaySend: false, Duration.Zero));

    [Theory]
    [MemberData(nameof(JustBefore))]
    public void Decide_JustBefore24Hours_Sends(int nanoseconds) =>
        NoMargin.Decide(Given.Snapshot(Opened), Given.Text, Closes + Given.Nanoseconds(nanoseconds)).MaySend.Should().BeTrue();

    [Theory]
    [MemberData(nameof(AtAndJustAfter))]
    public void Decide_From24Hours_RefusesAsExpired(int nanoseconds)
    {
        var decision = NoMargin.Decide(Given.Snapshot(Opened), Given.Text, Closes + Given.Nanoseconds(nanoseconds));

        (decision.MaySend, decision.Reason, decision.Since, decision.Evidence).Should().Be((false, WindowClosedReason.Expired, (Instant?)Closes, (Instant?)null));
    }

    [Theory]
    [MemberData(nameof(JustBefore))]
    public void Decide_JustBeforeTheMargin_SendsOnTheEvidence(int nanoseconds)
    {
        var decision = SendPolicy.Default.Decide(Given.Snapshot(Opened), Given.Text, Closes - Duration.FromSeconds(60) + Given.Nanoseconds(nanoseconds));

        (decision.MaySend, decision.Evidence, decision.Since).Should().Be((true, (Instant?)Opened, (Instant?)null));
    }

    [Theory]
    [MemberData(nameof(AtAndJustAfter))]
    public void Decide_FromTheMargin_Refuses(int nanoseconds)
    {
        var decision = SendPolicy.Default.Decide(Given.Snapshot(Opened), Given.Text, Closes - Duration.FromSeconds(60) + Given.Nanoseconds(nanoseconds));

        (decision.MaySend, decision.Reason, decision.Since).Should().Be((false, WindowClosedReason.Margin, (Instant?)null));
    }

    [Theory]
    [MemberData(nameof(AtAndJustAfter))]
    public void Window_FromTheMargin_IsClosingAndMayNotSend(int nanoseconds)
    {
        var remaining = Duration.FromSeconds(60) - Given.Nanoseconds(nanoseconds);

        var window = SendPolicy.Default.Window(Given.Snapshot(Opened), Closes - remaining);

        window.Should().Be(new WindowStatus(WindowState.Closing, Closes, Opened, MaySend: false, remaining));
    }

    [Theory]
    [MemberData(nameof(JustBefore))]
    public void Window_JustBeforeTheLead_IsOpen(int nanoseconds)
    {
        var remaining = Duration.FromHours(1) - Given.Nanoseconds(nanoseconds);

        var window = SendPolicy.Default.Window(Given.Snapshot(Opened), Closes - remaining);

        window.Should().Be(new WindowStatus(WindowState.Open, Closes, Opened, MaySend: true, remaining));
    }

    [Theory]
    [MemberData(nameof(AtAndJustAfter))]
    public void Window_FromTheLead_IsClosing(int nanoseconds)
    {
        var remaining = Duration.FromHours(1) - Given.Nanoseconds(nanoseconds);

        var window = SendPolicy.Default.Window(Given.Snapshot(Opened), Closes - remaining);

        window.Should().Be(new WindowStatus(WindowState.Closing, Closes, Opened, MaySend: true, remaining));
    }

    [Theory]
    [MemberData(nameof(JustBefore))]
    public void Window_JustBefore24HoursOfHistory_IsUnknown(int nanoseconds) =>
        SendPolicy.Default.Window(Given.WithoutEvents(Given.Noon), Closes + Given.Nanoseconds(nanoseconds)).State.Should().Be(WindowState.Unknown);

    [Theory]
    [MemberData(nameof(AtAndJustAfter))]
    public void Window_From24HoursOfHistory_IsNeverOpened(int nanoseconds) =>
        SendPolicy.Default.Window(Given.WithoutEvents(Given.Noon), Closes + Given.Nanoseconds(nanoseconds)).State.Should().Be(WindowState.NeverOpened);

    [Fact]
    public void Window_AtTheEvent_IsOpenFor24Hours() =>
        SendPolicy.Default.Window(Given.Snapshot(Opened), Opened).Should().Be(new WindowStatus(WindowState.Open, Closes, Opened, MaySend: true, Given.Day));

    [Fact]
    public void Window_EventAheadOfOurClock_IsOpen() =>
        SendPolicy.Default.Window(Given.Snapshot(Opened), Opened - Duration.FromMinutes(5)).State.Should().Be(WindowState.Open);

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void Window_EvidenceByTheNanosecond_IsDeniedFromTheLastInboundOn(int nanoseconds, bool open) =>
        Given.IsOpen(SendPolicy.Default.Window(Given.Snapshot(Opened, Opened + Given.Nanoseconds(nanoseconds)), Opened)).Should().Be(open);
}
