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
        Assert.Equal(0, await store.SweepAsync(SweepAt(AlertDue - Duration.FromTicks(1)), Token));
        Assert.Equal(1, await store.SweepAsync(SweepAt(AlertDue), Token));
        Assert.Equal(0, await store.SweepAsync(SweepAt(AlertDue), Token));

        var alert = (await ClaimOneAsync(store, AlertDue)).Event;
        Assert.Equal(Describe(SamplePlanner.ToEvent(ByPhone, Start, SamplePlanner.Planned(HourLead), AlertDue)), Describe(alert));
        Assert.Equal(0, await store.SweepAsync(SweepAt(AlertDue + Duration.FromDays(30)), Token));
        Because.Single(await store.ReadLogAsync(ByPhone, before: null, 10, Token), "an alert is no message");
    }

    [Fact]
    public async Task SweepAsync_NoAlertWanted_RaisesNone()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Duration.Zero, Text("a", ByPhone, Start)), Token);
        Because.Equal(0, await store.SweepAsync(SweepAt(AlertDue + Duration.FromTicks(1)), Token), "it was due before anybody planned it");
        await store.IngestAsync(Batch(HourLead, Silent("b", ByUser, Start), Copy("c", BySecondPhone, Start, EventLane.Echo)), Token);
        Assert.Equal(0, await store.SweepAsync(SweepAt(AlertDue + Duration.FromSeconds(1)), Token));
    }

    [Fact]
    public async Task SweepAsync_NewerInbound_MovesTheAlert()
    {
        var store = await CreateAsync();
        var later = Duration.FromHours(2);
        await store.IngestAsync(Batch(HourLead, Text("a", ByPhone, Start)), Token);
        await store.IngestAsync(Batch(HourLead, Text("b", ByPhone, Start + later), Text("old", ByPhone, Start - later)), Token);
        Assert.Equal(0, await store.SweepAsync(SweepAt(AlertDue), Token));
        Assert.Equal(0, await store.SweepAsync(SweepAt(AlertDue + later - Duration.FromTicks(1)), Token));
        Assert.Equal(1, await store.SweepAsync(SweepAt(AlertDue + later), Token));
    }

    [Fact]
    public async Task SweepAsync_NewerInboundFromAHostWithoutAlerts_StillAlerts()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(HourLead, Text("a", ByPhone, Start)), Token);
        await store.IngestAsync(Batch(Duration.Zero, Text("b", ByPhone, Start + Duration.FromHours(2))), Token);
        Assert.Equal(0, await store.SweepAsync(SweepAt(AlertDue), Token));
        Assert.Equal(1, await store.SweepAsync(SweepAt(AlertDue + Duration.FromHours(2)), Token));
    }

    [Fact]
    public async Task SweepAsync_InboundAfterAnAlert_ArmsAnew()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(HourLead, Text("a", ByPhone, Start)), Token);
        Assert.Equal(1, await store.SweepAsync(SweepAt(AlertDue), Token));
        await store.IngestAsync(Batch(HourLead, Text("b", ByPhone, AlertDue)), Token);
        Assert.Equal(1, await store.SweepAsync(SweepAt(AlertDue + Duration.FromHours(23)), Token));
    }

    [Fact]
    public async Task SweepAsync_SeveralLeads_RaisesEachOnce()
    {
        var store = await CreateAsync();
        var shortLead = Duration.FromMinutes(10);
        await store.IngestAsync(Batch(HourLead, Text("a", ByPhone, Start)), Token);
        Assert.Equal(1, await store.SweepAsync(SweepAt(AlertDue, HourLead, shortLead), Token));
        Assert.Equal(0, await store.SweepAsync(SweepAt(AlertDue + Duration.FromMinutes(49), HourLead, shortLead), Token));
        Assert.Equal(1, await store.SweepAsync(SweepAt(AlertDue + Duration.FromMinutes(50), HourLead, shortLead), Token));
        Assert.Equal(3, (await DrainAsync(store, AlertDue + HourLead)).Count);
    }

    [Fact]
    public async Task SweepAsync_Denied_RaisesNone()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(HourLead, Text("a", ByPhone, Start)), Token);
        await store.JoinAsync(ByPhone, new ConversationState(lastInbound: null, Start), Start, Token);
        Assert.Equal(0, await store.SweepAsync(SweepAt(AlertDue), Token));
        await store.IngestAsync(Batch(HourLead, Text("b", ByPhone, AlertDue)), Token);
        Because.Equal(1, await store.SweepAsync(SweepAt(AlertDue + Duration.FromHours(23)), Token), "the customer wrote again");
    }

    [Fact]
    public async Task SweepAsync_MoreDueThanTheLimit_LeavesTheRestForTheNextPass()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(HourLead, [.. Enumerable.Range(0, 5).Select(static i => Text($"m{i}", new ConversationKey(Number, CustomerId.Parse($"1555000{i:0000}")), Start))]), Token);
        var sweep = SweepAt(AlertDue) with { Limit = 2 };
        Assert.Equal(2, await store.SweepAsync(sweep, Token));
        Assert.Equal(2, await store.SweepAsync(sweep, Token));
        Assert.Equal(1, await store.SweepAsync(sweep, Token));
        Assert.Equal(0, await store.SweepAsync(sweep with { Limit = 0 }, Token));
    }

    [Fact]
    public async Task SweepAsync_CustomerKnownByTwoIdentifiers_AlertsOnceForTheirLatestMessage()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(HourLead, Text("a", ByPhone, Start), Text("b", ByUser, Start + Duration.FromHours(1), OneCustomer)), Token);
        await DrainAsync(store, Start);
        Because.Equal(0, await store.SweepAsync(SweepAt(AlertDue), Token), "the customer wrote since");
        Assert.Equal(1, await store.SweepAsync(SweepAt(AlertDue + Duration.FromHours(1)), Token));
        Assert.Equal(0, await store.SweepAsync(SweepAt(AlertDue + Duration.FromDays(1)), Token));
        Assert.Equal(ByUser, (await ClaimOneAsync(store, AlertDue + Duration.FromDays(1))).Event.Conversation);
    }

    [Fact]
    public async Task SweepAsync_TwoIdentifiersInTheSameSecond_AlertsOnce()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(HourLead, Text("a", ByPhone, Start), Text("b", ByUser, Start, OneCustomer)), Token);
        Assert.Equal(1, await store.SweepAsync(SweepAt(AlertDue), Token));
        Assert.Equal(0, await store.SweepAsync(SweepAt(AlertDue + Duration.FromDays(1)), Token));
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
        Assert.Equal(40, raised.Sum());
        var alerts = await DrainAsync(store, AlertDue);
        Assert.Equal(40, alerts.Count);
        Assert.Distinct(alerts);
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
        Because.Equal(2, await other.SweepAsync(SweepAt(AlertDue, shortLead), Token), "whoever pops a row plans for every host");
        Assert.Equal(0, await store.SweepAsync(SweepAt(AlertDue, HourLead), Token));
        Assert.Equal(2, await store.SweepAsync(SweepAt(shortDue, HourLead), Token));
        Assert.Equal(0, await other.SweepAsync(SweepAt(shortDue, shortLead), Token));
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
        Assert.Equal(2, await store.SweepAsync(new AlertSweep(AlertDue, planner, 10), Token));
        await store.IngestAsync(Batch(Text("b", ByPhone, AlertDue)), Token);
        var claims = await store.ClaimAsync(At(AlertDue) with { Alerts = planner.Alerts }, Token);
        Assert.Equal(["messages", SamplePlanner.Kind], claims.Select(static claim => claim.Event.Field).Order(StringComparer.Ordinal));
        Assert.Empty(await store.ClaimAsync(At(AlertDue) with { Alerts = planner.Alerts }, Token));
        var claim = Assert.Single(await other.ClaimAsync(At(AlertDue) with { Alerts = new SamplePlanner(Duration.FromHours(2)).Alerts }, Token));
        Assert.Equal(SamplePlanner.Planned(Duration.FromHours(2)), claim.Event.Facts!.Alert);
        Assert.True(await other.FinishAsync(claim, DispatchResult.Completed.Instance, Token));
    }

    [Fact]
    public async Task ClaimAsync_AlertThatNobodyPlansAnyMore_GoesToAnyHost()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(HourLead, Text("a", ByPhone, Start)), Token);
        await DrainAsync(store, Start);
        Assert.Equal(1, await store.SweepAsync(SweepAt(AlertDue), Token));
        Assert.Empty(await store.ClaimAsync(At(AlertDue + Retention.Horizon - Duration.FromTicks(1)) with { Alerts = [] }, Token));
        await PassAsync(store, AlertDue + Retention.Horizon);
        Assert.Single(await store.ClaimAsync(At(AlertDue + Retention.Horizon) with { Alerts = [] }, Token));
    }

    [Fact]
    public async Task SweepAsync_AlertThatIsNew_LowersTheCheckOfOpenWindows()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Duration.FromMinutes(10), Text("a", ByPhone, Start)), Token);
        await store.SweepAsync(SweepAt(Start, HourLead) with { Limit = 0 }, Token);
        Assert.Equal(0, await store.SweepAsync(SweepAt(AlertDue - Duration.FromTicks(1), HourLead), Token));
        Assert.Equal(1, await store.SweepAsync(SweepAt(AlertDue, HourLead), Token));
    }

    [Fact]
    public async Task SweepAsync_AMinuteAfterAnAlertWasNew_LowersAgain()
    {
        var store = await CreateAsync();
        await store.SweepAsync(SweepAt(Start, HourLead) with { Limit = 0 }, Token);

        // As a host that had not seen the alert: what is told of a window that is over arms nothing.
        await store.JoinAsync(ByPhone, new ConversationState(Start, denied: null), Start + CustomerServiceWindow.Length, Token);
        await store.SweepAsync(SweepAt(Start + Duration.FromMinutes(1), HourLead) with { Limit = 0 }, Token);
        Assert.Equal(1, await store.SweepAsync(SweepAt(AlertDue, HourLead), Token));
    }

    [Fact]
    public async Task SweepAsync_WhatWasDueBeforeItWasPlanned_IsNotRaised()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Duration.FromMinutes(10), Text("a", ByPhone, Start)), Token);
        Assert.Equal(0, await store.SweepAsync(SweepAt(AlertDue + Duration.FromMinutes(1), HourLead), Token));
        Assert.Equal(1, await store.SweepAsync(SweepAt(AlertDue + Duration.FromMinutes(50), HourLead, Duration.FromMinutes(10)), Token));
    }
}
