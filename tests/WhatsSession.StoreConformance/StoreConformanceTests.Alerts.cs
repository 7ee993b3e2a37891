using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

public abstract partial class StoreConformanceTests
{
    private static readonly Instant AlertDue = Start + Duration.FromHours(23);

    [Fact]
    public async Task SweepAsync_WindowAboutToClose_RaisesOneAlertInTheOutbox()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(HourLead, Text("a", ByPhone, Start)), Token);
        await DrainAsync(store, Start);
        (await store.SweepAsync(SweepAt(AlertDue - Duration.FromTicks(1)), Token)).Should().Be(0);
        (await store.SweepAsync(SweepAt(AlertDue), Token)).Should().Be(1);
        (await store.SweepAsync(SweepAt(AlertDue), Token)).Should().Be(0);

        var alert = (await ClaimOneAsync(store, AlertDue)).Event;
        Describe(alert).Should().Be(Describe(SamplePlanner.ToEvent(ByPhone, Start, SamplePlanner.Planned(HourLead), AlertDue)));
        (await store.SweepAsync(SweepAt(AlertDue + Duration.FromDays(30)), Token)).Should().Be(0);
        (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Should().ContainSingle("an alert is no message");
    }

    [Fact]
    public async Task SweepAsync_NoAlertWanted_RaisesNone()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Duration.Zero, Text("a", ByPhone, Start)), Token);
        (await store.SweepAsync(SweepAt(AlertDue + Duration.FromTicks(1)), Token)).Should().Be(0, "it was due before anybody planned it");
        await store.IngestAsync(Batch(HourLead, Silent("b", ByUser, Start), Copy("c", BySecondPhone, Start, EventLane.Echo)), Token);
        (await store.SweepAsync(SweepAt(AlertDue + Duration.FromSeconds(1)), Token)).Should().Be(0);
    }

    [Fact]
    public async Task SweepAsync_NewerInbound_MovesTheAlert()
    {
        var store = await CreateAsync();
        var later = Duration.FromHours(2);
        await store.IngestAsync(Batch(HourLead, Text("a", ByPhone, Start)), Token);
        await store.IngestAsync(Batch(HourLead, Text("b", ByPhone, Start + later), Text("old", ByPhone, Start - later)), Token);
        (await store.SweepAsync(SweepAt(AlertDue), Token)).Should().Be(0);
        (await store.SweepAsync(SweepAt(AlertDue + later - Duration.FromTicks(1)), Token)).Should().Be(0);
        (await store.SweepAsync(SweepAt(AlertDue + later), Token)).Should().Be(1);
    }

    [Fact]
    public async Task SweepAsync_NewerInboundFromAHostWithoutAlerts_StillAlerts()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(HourLead, Text("a", ByPhone, Start)), Token);
        await store.IngestAsync(Batch(Duration.Zero, Text("b", ByPhone, Start + Duration.FromHours(2))), Token);
        (await store.SweepAsync(SweepAt(AlertDue), Token)).Should().Be(0);
        (await store.SweepAsync(SweepAt(AlertDue + Duration.FromHours(2)), Token)).Should().Be(1);
    }

    [Fact]
    public async Task SweepAsync_InboundAfterAnAlert_ArmsAnew()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(HourLead, Text("a", ByPhone, Start)), Token);
        (await store.SweepAsync(SweepAt(AlertDue), Token)).Should().Be(1);
        await store.IngestAsync(Batch(HourLead, Text("b", ByPhone, AlertDue)), Token);
        (await store.SweepAsync(SweepAt(AlertDue + Duration.FromHours(23)), Token)).Should().Be(1);
    }

    [Fact]
    public async Task SweepAsync_SeveralLeads_RaisesEachOnce()
    {
        var store = await CreateAsync();
        var shortLead = Duration.FromMinutes(10);
        await store.IngestAsync(Batch(HourLead, Text("a", ByPhone, Start)), Token);
        (await store.SweepAsync(SweepAt(AlertDue, HourLead, shortLead), Token)).Should().Be(1);
        (await store.SweepAsync(SweepAt(AlertDue + Duration.FromMinutes(49), HourLead, shortLead), Token)).Should().Be(0);
        (await store.SweepAsync(SweepAt(AlertDue + Duration.FromMinutes(50), HourLead, shortLead), Token)).Should().Be(1);
        (await DrainAsync(store, AlertDue + HourLead)).Should().HaveCount(3);
    }

    [Fact]
    public async Task SweepAsync_Denied_RaisesNone()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(HourLead, Text("a", ByPhone, Start)), Token);
        await store.JoinAsync(ByPhone, new ConversationState(lastInbound: null, Start), Token);
        (await store.SweepAsync(SweepAt(AlertDue), Token)).Should().Be(0);
        await store.IngestAsync(Batch(HourLead, Text("b", ByPhone, AlertDue)), Token);
        (await store.SweepAsync(SweepAt(AlertDue + Duration.FromHours(23)), Token)).Should().Be(1, "the customer wrote again");
    }

    [Fact]
    public async Task SweepAsync_MoreDueThanTheLimit_LeavesTheRestForTheNextPass()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(HourLead, [.. Enumerable.Range(0, 5).Select(static i => Text($"m{i}", new ConversationKey(Number, CustomerId.Parse($"1555000{i:0000}")), Start))]), Token);
        var sweep = SweepAt(AlertDue) with { Limit = 2 };
        (await store.SweepAsync(sweep, Token)).Should().Be(2);
        (await store.SweepAsync(sweep, Token)).Should().Be(2);
        (await store.SweepAsync(sweep, Token)).Should().Be(1);
        (await store.SweepAsync(sweep with { Limit = 0 }, Token)).Should().Be(0);
    }

    [Fact]
    public async Task SweepAsync_CustomerKnownByTwoIdentifiers_AlertsOnceForTheirLatestMessage()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(HourLead, Text("a", ByPhone, Start), Text("b", ByUser, Start + Duration.FromHours(1), OneCustomer)), Token);
        await DrainAsync(store, Start);
        (await store.SweepAsync(SweepAt(AlertDue), Token)).Should().Be(0, "the customer wrote since");
        (await store.SweepAsync(SweepAt(AlertDue + Duration.FromHours(1)), Token)).Should().Be(1);
        (await store.SweepAsync(SweepAt(AlertDue + Duration.FromDays(1)), Token)).Should().Be(0);
        (await ClaimOneAsync(store, AlertDue + Duration.FromDays(1))).Event.Conversation.Should().Be(ByUser);
    }

    [Fact]
    public async Task SweepAsync_TwoIdentifiersInTheSameSecond_AlertsOnce()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(HourLead, Text("a", ByPhone, Start), Text("b", ByUser, Start, OneCustomer)), Token);
        (await store.SweepAsync(SweepAt(AlertDue), Token)).Should().Be(1);
        (await store.SweepAsync(SweepAt(AlertDue + Duration.FromDays(1)), Token)).Should().Be(0);
    }

    [Fact]
    public async Task SweepAsync_TwoHostsAtOnce_RaiseEachAlertOnce()
    {
        var store = await CreateAsync();
        var other = await OpenAnotherAsync(store);
        await store.IngestAsync(Batch(HourLead, [.. Enumerable.Range(0, 40).Select(static i => Text($"m{i}", new ConversationKey(Number, CustomerId.Parse($"1555000{i:0000}")), Start))]), Token);
        await DrainAsync(store, Start);
        var raised = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(
            async () => await (worker % 2 == 0 ? store : other).SweepAsync(SweepAt(AlertDue) with { Limit = 7 }, Token),
            Token)));
        raised.Sum().Should().Be(40);
        (await DrainAsync(store, AlertDue)).Should().HaveCount(40).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task SweepAsync_TwoHostsWithDifferentLeads_LoseNoAlert()
    {
        var store = await CreateAsync();
        var other = await OpenAnotherAsync(store);
        var shortLead = Duration.FromMinutes(10);
        var shortDue = AlertDue + Duration.FromMinutes(50);
        await store.SweepAsync(SweepAt(Start, HourLead), Token);
        await other.SweepAsync(SweepAt(Start, shortLead), Token);
        await store.IngestAsync(Batch(HourLead, Text("a", ByPhone, Start)), Token);
        await other.IngestAsync(Batch(shortLead, Text("b", BySecondPhone, Start)), Token);
        (await other.SweepAsync(SweepAt(AlertDue, shortLead), Token)).Should().Be(2, "whoever pops a row plans for every host");
        (await store.SweepAsync(SweepAt(AlertDue, HourLead), Token)).Should().Be(0);
        (await store.SweepAsync(SweepAt(shortDue, HourLead), Token)).Should().Be(2);
        (await other.SweepAsync(SweepAt(shortDue, shortLead), Token)).Should().Be(0);
    }

    [Fact]
    public async Task SweepAsync_AlertThatOnlyAnotherHostTakes_WaitsForItAndHoldsNothingBack()
    {
        var store = await CreateAsync();
        var other = await OpenAnotherAsync(store);
        var planner = new SamplePlanner(HourLead);
        await other.SweepAsync(new AlertSweep(Start, new SamplePlanner(Duration.FromHours(2)), Limit: 0), Token);
        await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
        await DrainAsync(store, Start);
        (await store.SweepAsync(new AlertSweep(AlertDue, planner, 10), Token)).Should().Be(2);
        await store.IngestAsync(Batch(Text("b", ByPhone, AlertDue)), Token);
        var claims = await store.ClaimAsync(At(AlertDue) with { Alerts = planner.Alerts }, Token);
        claims.Select(static claim => claim.Event.Field).Should().BeEquivalentTo(SamplePlanner.Kind, "messages");
        (await store.ClaimAsync(At(AlertDue) with { Alerts = planner.Alerts }, Token)).Should().BeEmpty();
        var claim = (await other.ClaimAsync(At(AlertDue) with { Alerts = new SamplePlanner(Duration.FromHours(2)).Alerts }, Token)).Should().ContainSingle().Subject;
        claim.Event.Facts!.Alert.Should().Be(SamplePlanner.Planned(Duration.FromHours(2)));
        (await other.FinishAsync(claim, DispatchResult.Completed.Instance, Token)).Should().BeTrue();
    }

    [Fact]
    public async Task ClaimAsync_AlertThatNobodyPlansAnyMore_GoesToAnyHost()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(HourLead, Text("a", ByPhone, Start)), Token);
        await DrainAsync(store, Start);
        (await store.SweepAsync(SweepAt(AlertDue), Token)).Should().Be(1);
        (await store.ClaimAsync(At(AlertDue + Retention.Horizon - Duration.FromTicks(1)) with { Alerts = [] }, Token)).Should().BeEmpty();
        (await store.ClaimAsync(At(AlertDue + Retention.Horizon) with { Alerts = [] }, Token)).Should().ContainSingle();
    }

    [Fact]
    public async Task SweepAsync_AlertThatIsNew_LowersTheCheckOfOpenWindows()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Duration.FromMinutes(10), Text("a", ByPhone, Start)), Token);
        await store.SweepAsync(SweepAt(Start, HourLead) with { Limit = 0 }, Token);
        (await store.SweepAsync(SweepAt(AlertDue - Duration.FromTicks(1), HourLead), Token)).Should().Be(0);
        (await store.SweepAsync(SweepAt(AlertDue, HourLead), Token)).Should().Be(1);
    }

    [Fact]
    public async Task SweepAsync_AMinuteAfterAnAlertWasNew_LowersAgain()
    {
        var store = await CreateAsync();
        await store.SweepAsync(SweepAt(Start, HourLead) with { Limit = 0 }, Token);

        // As a host that had not seen the alert: a fact without an event arms nothing.
        await store.JoinAsync(ByPhone, new ConversationState(Start, denied: null), Token);
        await store.SweepAsync(SweepAt(Start + Duration.FromMinutes(1), HourLead) with { Limit = 0 }, Token);
        (await store.SweepAsync(SweepAt(AlertDue, HourLead), Token)).Should().Be(1);
    }

    [Fact]
    public async Task SweepAsync_WhatWasDueBeforeItWasPlanned_IsNotRaised()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Duration.FromMinutes(10), Text("a", ByPhone, Start)), Token);
        (await store.SweepAsync(SweepAt(AlertDue + Duration.FromMinutes(1), HourLead), Token)).Should().Be(0);
        (await store.SweepAsync(SweepAt(AlertDue + Duration.FromMinutes(50), HourLead, Duration.FromMinutes(10)), Token)).Should().Be(1);
    }
}
