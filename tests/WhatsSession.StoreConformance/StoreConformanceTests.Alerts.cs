using System.Text.Json;
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
        Describe(alert).Should().Be(Describe(new WindowAlert(ByPhone, Start, HourLead, IsLate: false).ToEvent(AlertDue)));
        (await store.SweepAsync(SweepAt(AlertDue + Duration.FromDays(30)), Token)).Should().Be(0);
        (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Should().ContainSingle("an alert is no message");
    }

    [Fact]
    public async Task SweepAsync_NoAlertWanted_RaisesNone()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(Duration.Zero, Text("a", ByPhone, Start)), Token);
        await store.IngestAsync(Batch(HourLead, Silent("b", ByUser, Start), Copy("c", BySecondPhone, Start, EventLane.Echo)), Token);
        (await store.SweepAsync(SweepAt(AlertDue), Token)).Should().Be(0);
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
    public async Task SweepAsync_AfterTheTolerance_SaysLate()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(HourLead, Text("a", ByPhone, Start), Text("b", ByUser, Start + Duration.FromMinutes(5))), Token);
        await DrainAsync(store, Start);
        var now = AlertDue + Duration.FromMinutes(5);
        (await store.SweepAsync(SweepAt(now), Token)).Should().Be(2);
        var late = (await store.ClaimAsync(At(now), Token)).ToDictionary(static claim => claim.Event.Conversation!.Value, static claim => IsLate(claim.Event));
        late.Should().Equal(new Dictionary<ConversationKey, bool> { [ByPhone] = true, [ByUser] = false });

        static bool IsLate(StoredEvent stored)
        {
            using var json = JsonDocument.Parse(stored.Raw);
            return json.RootElement.GetProperty("late").GetBoolean();
        }
    }

    [Fact]
    public async Task SweepAsync_MoreDueThanTheLimit_LeavesTheRestForTheNextPass()
    {
        var store = await CreateAsync();
        await store.IngestAsync(Batch(HourLead, [.. Enumerable.Range(0, 5).Select(static i => Text($"m{i}", new ConversationKey(Number, CustomerId.Parse($"1555000{i:0000}")), Start))]), Token);
        var sweep = new AlertSweep(AlertDue, [HourLead], Limit: 2);
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
            async () => await (worker % 2 == 0 ? store : other).SweepAsync(new AlertSweep(AlertDue, [HourLead], Limit: 7), Token),
            Token)));
        raised.Sum().Should().Be(40);
        (await DrainAsync(store, AlertDue)).Should().HaveCount(40).And.OnlyHaveUniqueItems();
    }
}
