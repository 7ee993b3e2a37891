using System.Text;
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

    private static Duration Lead(StoredEvent stored) => WindowAlert.Restore(stored).Lead;

    private static AlertPlan Plan(ConversationState state, Instant? from, Instant now) => Planner.Plan(new AlertCheck(ByPhone, state, state, from, now), Union);
}
