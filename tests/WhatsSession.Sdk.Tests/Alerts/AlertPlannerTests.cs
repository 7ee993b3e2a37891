using System.Text;
using CsCheck;
using NodaTime;
using WhatsSession.Alerts;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.Sdk.Tests.Alerts;

[WithoutEmulator("A pure function.")]
public sealed class AlertPlannerTests
{
    private static readonly Duration TenMinutes = Duration.FromMinutes(10);
    private static readonly Instant HourDue = Start + Duration.FromHours(23);
    private static readonly ConversationState Open = new(Start, denied: null);
    private static readonly AlertPlanner Planner = new([WindowAlert.Planned(HourLead)], Duration.Zero);
    private static readonly PlannedAlert[] Union = [WindowAlert.Planned(HourLead), WindowAlert.Planned(TenMinutes)];

    [Fact]
    public void Plan_BeforeTheFirstLead_WaitsForIt() =>
        Plan(Open, from: null, HourDue - Duration.FromTicks(1)).Should().BeEquivalentTo(new AlertPlan([], HourDue));

    [Fact]
    public void Plan_AtALead_RaisesItAndWaitsForTheNextOfAnyHost()
    {
        var plan = Plan(Open, HourDue, HourDue);
        plan.NextCheck.Should().Be(Start + Duration.FromHours(24) - TenMinutes);
        var stored = plan.Due.Should().ContainSingle().Subject;
        stored.Key.Should().Be(EventKey.Of(Number.Value, EventLane.Alert, FormattableString.Invariant($"{ByPhone.Party}|{Start.ToUnixTimeSeconds()}|3600")));
        Encoding.UTF8.GetString(stored.Raw.Span).Should().Be(FormattableString.Invariant($$"""{"anchor":{{Start.ToUnixTimeSeconds()}},"lead":3600,"late":false}"""));
        stored.Facts!.Alert.Should().Be(WindowAlert.Planned(HourLead));
    }

    [Fact]
    public void Plan_AfterAnOutage_RaisesEveryLeadThatFellIntoIt() =>
        Plan(Open, HourDue, Start + Duration.FromHours(24)).Due.Select(Lead).Should().Equal(HourLead, TenMinutes);

    [Fact]
    public void Plan_WhatWasDueBeforeTheSpan_IsLeftOut() =>
        Plan(Open, HourDue + Duration.FromTicks(1), Start + Duration.FromHours(24)).Due.Select(Lead).Should().Equal(TenMinutes);

    [Fact]
    public void Plan_WithoutASpan_RaisesNothing() => Plan(Open, from: null, Start + Duration.FromHours(24)).Should().BeEquivalentTo(AlertPlan.Nothing);

    [Theory]
    [InlineData(60, false)]
    [InlineData(61, true)]
    public void Plan_AfterTheTolerance_SaysLate(int seconds, bool late)
    {
        var stored = Plan(Open, HourDue, HourDue + Duration.FromSeconds(seconds)).Due.Single();
        WindowAlert.Restore(stored).IsLate.Should().Be(late);
    }

    [Fact]
    public void Plan_DeniedOrNeverOpened_PlansNothing()
    {
        Plan(new ConversationState(Start, Start), HourDue, HourDue).Should().BeSameAs(AlertPlan.Nothing);
        Plan(default, HourDue, HourDue).Should().BeSameAs(AlertPlan.Nothing);
    }

    [Fact]
    public void Plan_KindThatIsNotKnown_PassesTheQuestionOnWhenItIsDueAndHoldsNothingBack()
    {
        PlannedAlert unknown = new("of_a_newer_version", Duration.FromHours(1));
        var (due, now) = (Start + Duration.FromHours(1), Start + Duration.FromHours(2));
        Planner.Plan(new AlertCheck(ByPhone, Open, Open, Start, due - Duration.FromTicks(1)), [.. Union, unknown]).Should().BeEquivalentTo(new AlertPlan([], due));

        var plan = Planner.Plan(new AlertCheck(ByPhone, Open, Open, Start, now), [.. Union, unknown]);

        plan.NextCheck.Should().Be(HourDue);
        var question = plan.Due.Should().ContainSingle().Subject;
        question.Facts!.Alert.Should().Be(unknown);
        AlertQuestion.Read(question).Check.Should().Be(new AlertCheck(ByPhone, Open, Open, Start, now));
        AlertQuestion.Read(question).Alerts.Should().Equal([.. Union, unknown]);
        Planner.Plan(AlertQuestion.Read(question).Check, AlertQuestion.Read(question).Alerts).Due.Single().Key.Should().Be(question.Key, "a host that does not know it asks nothing anew");
    }

    [Fact]
    public void Plan_RefusedWindow_IsToldAtItsEndAlone()
    {
        PlannedAlert[] union = [.. Union, WindowAlert.PlannedClosed];
        var refused = new ConversationState(Start, Start);
        var end = Start + CustomerServiceWindow.Length;
        Planner.Plan(new AlertCheck(ByPhone, refused, refused, HourDue, HourDue), union).Should().BeEquivalentTo(new AlertPlan([], end));
        var closed = new WindowClosed(Planner.Plan(new AlertCheck(ByPhone, refused, refused, HourDue, end), union).Due.Single());
        (closed.Opened, closed.WasRefused, closed.IsLate).Should().Be((Start, true, false));
    }

    /// <summary>
    /// A customer writes and hosts look, in any order and at any times: what is told is what the promise says. The model goes by the list of what was stored
    /// and by what was looked at, and knows neither checks nor questions.
    /// </summary>
    [Fact]
    public void Plan_AnyInterleavingOfInboundsAndSweeps_TellsWhatIsPromised() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 40], Gen.Int[-30, 0]).List[1, 30].Sample(steps =>
        {
            var told = new List<string>();
            var expected = new List<string>();
            PlannedAlert[] union = [WindowAlert.Planned(Duration.FromHours(4)), WindowAlert.Planned(Duration.FromHours(1)), WindowAlert.PlannedClosed, WindowAlert.PlannedExtended];
            var planner = new AlertPlanner(union, Duration.Zero);

            // The store: one row.
            Instant? last = null, checkAt = null;

            // The model: of the stored last event the hours after it that were told.
            long? anchor = null;
            var leads = new HashSet<long>();
            long hour = 0;
            foreach (var (isInbound, passed, age) in steps)
            {
                hour += passed;
                var now = Start + Duration.FromHours(hour);
                if (!isInbound)
                {
                    if (checkAt <= now)
                    {
                        var state = new ConversationState(last, denied: null);
                        var plan = planner.Plan(new AlertCheck(ByPhone, state, state, checkAt, now), union);
                        checkAt = plan.NextCheck;
                        told.AddRange(plan.Due.Select(Describe));
                    }

                    foreach (var delay in (long[])[20, 23, 24])
                    {
                        if (anchor + delay <= hour && leads.Add(delay))
                        {
                            expected.Add(delay == 24 ? $"closed {anchor}" : $"closing {anchor} {24 - delay}");
                        }
                    }

                    continue;
                }

                var at = hour + age;
                var inbound = Start + Duration.FromHours(at);
                if (last is { } before && inbound > before && AlertQuestion.IsCalledFor(before, inbound, checkAt, Duration.FromHours(20)))
                {
                    var check = new AlertCheck(ByPhone, new ConversationState(before, denied: null), new ConversationState(inbound, denied: null), checkAt, now);
                    told.AddRange(planner.Plan(check, union).Due.Select(Describe));
                }

                if (!(last >= inbound))
                {
                    checkAt = checkAt is { } set && set <= inbound + Duration.FromHours(20) ? set : inbound + Duration.FromHours(20);
                    last = inbound;
                }

                if (!(anchor >= at))
                {
                    if (at - anchor > 24 && leads.Add(24))
                    {
                        expected.Add($"closed {anchor}");
                    }
                    else if (at - anchor <= 24 && leads.Count > 0)
                    {
                        expected.Add($"extended {anchor} {at}");
                    }

                    anchor = at;
                    leads.Clear();
                }
            }

            told.Should().BeEquivalentTo(expected);
        });

    private static string Describe(StoredEvent stored)
    {
        var alert = WindowAlert.Restore(stored);
        long Hour(Instant at) => (long)(at - Start).TotalHours;
        return stored.Field switch
        {
            WindowAlert.Closing => $"closing {Hour(alert.Anchor)} {alert.Lead.TotalHours}",
            WindowAlert.Closed => $"closed {Hour(alert.Anchor)}",
            _ => $"extended {Hour(alert.Anchor)} {Hour(alert.ExtendedBy!.Value)}",
        };
    }

    private static Duration Lead(StoredEvent stored) => WindowAlert.Restore(stored).Lead;

    private static AlertPlan Plan(ConversationState state, Instant? from, Instant now) => Planner.Plan(new AlertCheck(ByPhone, state, state, from, now), Union);
}
