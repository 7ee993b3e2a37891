using NodaTime;
using WhatsSession.Storage;
using WhatsSession.StoreConformance;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.Sdk.Tests.Storage;

/// <summary>The rules that every store shares.</summary>
[WithoutEmulator("Pure functions.")]
public sealed class StoreRulesTests
{
    private static readonly MessageId Refused = MessageId.Parse("wamid.refused");
    private static readonly MessageId Other = MessageId.Parse("wamid.other");

    [Theory]
    [InlineData(IntentState.Pending, IntentState.Failed, true)]
    [InlineData(IntentState.Failed, IntentState.Accepted, true)]
    [InlineData(IntentState.Ambiguous, IntentState.Accepted, true)]
    [InlineData(IntentState.Accepted, IntentState.Failed, false)]
    [InlineData(IntentState.Failed, IntentState.Ambiguous, false)]
    public void MaySettle_OnlyTheFirstOrAccepted_Counts(IntentState known, IntentState settled, bool may) =>
        IntentTransitions.MaySettle(known, settled).Should().Be(may);

    [Fact]
    public void MayRetry_TakenBefore_OnlyTheSameThatSurelyFailedOrOfTheSameRun()
    {
        IntentTransitions.MayRetry(IntentState.Accepted, savedBy: 0, retriedAfter: null, Refused, token: 0).Should().BeTrue();
        IntentTransitions.MayRetry(IntentState.Failed, savedBy: 7, Refused, Refused, token: 8).Should().BeTrue();
        IntentTransitions.MayRetry(IntentState.Pending, savedBy: 0, Refused, Refused, token: 0).Should().BeFalse();
        IntentTransitions.MayRetry(IntentState.Pending, savedBy: 7, Refused, Refused, token: 7).Should().BeTrue();
        IntentTransitions.MayRetry(IntentState.Pending, savedBy: 7, Refused, Refused, token: 8).Should().BeFalse();
        IntentTransitions.MayRetry(IntentState.Ambiguous, savedBy: 7, Refused, Refused, token: 7).Should().BeFalse();
        IntentTransitions.MayRetry(IntentState.Failed, savedBy: 7, Refused, Other, token: 7).Should().BeFalse();
    }

    [Fact]
    public void IsProvedBy_StatusOfTheRefusedMessage_ProvesNothing()
    {
        IntentTransitions.IsProvedBy(IntentState.Pending, Refused, Refused).Should().BeFalse();
        IntentTransitions.IsProvedBy(IntentState.Pending, Refused, Other).Should().BeTrue();
        IntentTransitions.IsProvedBy(IntentState.Accepted, retriedAfter: null, Other).Should().BeFalse();
    }

    [Fact]
    public void OutboxQueue_OfEvents_KeepsTheirSidesApart()
    {
        OutboxQueues.Of(Text("a", ByPhone, Start)).ToString().Should().Be($"message/{Number.Value}/{ByPhone.Party}");
        OutboxQueues.Of(Text("a", ByPhone, Start)).Should().Be(OutboxQueues.Of(Copy("b", ByPhone, Start, EventLane.Echo)));
        OutboxQueues.Of(Copy("a", ByPhone, Start, EventLane.Status)).ToString().Should().Be($"status/{Number.Value}/{ByPhone.Party}");
        OutboxQueues.Of(Notice("a", Number, Start)).ToString().Should().Be($"message/{Number.Value}");
        OutboxQueues.Of(Notice("a", number: null, Start)).ToString().Should().Be($"message/account/{Account.Value}");
        var alert = SamplePlanner.ToEvent(ByPhone, Start, SamplePlanner.Planned(HourLead), Start);
        OutboxQueues.Of(alert).ToString().Should().Be($"alert/{alert.Key}");
    }

    [Fact]
    public void AlertHolder_AnyOrder_IsTheLatestAndThenTheGreatest()
    {
        Hold((ByPhone, Start), (ByUser, Start)).Should().Be(Hold((ByUser, Start), (ByPhone, Start))).And.Be(ByUser);
        Hold((ByUser, Start), (ByPhone, Start + Duration.FromSeconds(1))).Should().Be(ByPhone);
    }

    [Fact]
    public void ErasureScope_OfACustomer_CoversWhatIsOfOrNamesThem()
    {
        var scope = new ErasureScope(ByPhone, [ByUser, ByPhone]);
        scope.Members.Should().Equal(ByPhone, ByUser);
        scope.Covers(Text("a", ByUser, Start)).Should().BeTrue();
        scope.Covers(Text("a", BySecondUser, Start)).Should().BeFalse();
        scope.Covers(IdentityConflict.ToEvent(Number, Phone, SecondUser, ThirdUser, Start)).Should().BeTrue();
        scope.Covers(IdentityConflict.ToEvent(Number, SecondPhone, User, ThirdUser, Start)).Should().BeTrue();
        scope.Covers(IdentityConflict.ToEvent(Number, SecondPhone, SecondUser, ThirdUser, Start)).Should().BeFalse();
        scope.Covers(IdentityConflict.ToEvent(OtherNumber, Phone, SecondUser, ThirdUser, Start)).Should().BeFalse();
    }

    [Fact]
    public void IdentityConflict_EitherCustomerFirst_IsTheSameEvent() =>
        IdentityConflict.ToEvent(Number, Phone, SecondUser, User, Start).Raw.ToArray().Should().Equal(IdentityConflict.ToEvent(Number, Phone, User, SecondUser, Start).Raw.ToArray());

    [Fact]
    public void IngestPlan_OfABatch_TellsWhatNeedsNoStore()
    {
        var text = Text("a", ByPhone, Start + Duration.FromMilliseconds(400));
        var plan = IngestPlan.Of(new IngestBatch { Events = [text, Notice("b", Number, Start)], ReceivedAt = Start, Lanes = EventLanes.Of(EventLane.Account) });
        plan.Numbers.Should().Equal(new NumberSighting(Number, Start, Account));
        plan.Queues(text).Should().BeFalse();
        plan.Queues(text, EventLanes.Of(EventLane.Live)).Should().BeTrue();
        IngestPlan.WindowOf(text).Should().Be(Start);
        IngestPlan.FirstCheckOf(text, Duration.FromHours(23)).Should().Be(Start + Duration.FromHours(23));
        IngestPlan.FirstCheckOf(Silent("c", ByPhone, Start), Duration.FromHours(23)).Should().BeNull();
        IngestPlan.FirstCheckOf(text, leastDelay: null).Should().BeNull();
    }

    [Fact]
    public void IngestPlan_OfAPayloadThatCouldNotBeRead_KeepsACopyOfIt()
    {
        byte[] payload = [1, 2, 3];
        var quarantined = Quarantine(payload)!;
        payload[0] = 9;
        quarantined.Payload.ToArray().Should().Equal(1, 2, 3);
        quarantined.ReceivedAt.Should().Be(Start);
        quarantined.Reason.Should().Be("broken");
    }

    [Fact]
    public void IngestPlan_OfAPayloadThatCouldNotBeRead_KeysItByItsBytes()
    {
        Quarantine([1, 2, 3])!.Key.Should().Be(Quarantine([1, 2, 3])!.Key).And.NotBe(Quarantine([1, 2])!.Key);
        Quarantine([]).Should().BeNull();
    }

    [Fact]
    public void Retention_Days_AreCountedFrom1970()
    {
        Retention.DayOf(Instant.FromUnixTimeSeconds(86_400)).Should().Be(1);
        Retention.FirstDay(Instant.FromUnixTimeSeconds(9 * 86_400)).Should().Be(1);
    }

    [Fact]
    public void PlannedAlertNote_Tell_LowersWhenNewAndAMinuteLater()
    {
        var alert = new PlannedAlert("kind", Duration.FromHours(1));
        var first = PlannedAlertNote.Tell(alert, known: null, Start, out var lowers);
        lowers.Should().BeTrue();
        PlannedAlertNote.Tell(alert, first, Start + Duration.FromSeconds(59), out lowers).Should().BeNull();
        lowers.Should().BeFalse();
        var second = PlannedAlertNote.Tell(alert, first, Start + Duration.FromMinutes(1), out lowers);
        lowers.Should().BeTrue();
        PlannedAlertNote.Tell(alert, second, Start + Duration.FromHours(1), out lowers).Should().BeNull();
        PlannedAlertNote.Tell(alert, second, Start + Duration.FromDays(2), out lowers)!.ToldAt.Should().Be(Start + Duration.FromDays(2));
        lowers.Should().BeFalse();
        PlannedAlert.Parse(alert.ToString()).Should().Be(alert);
    }

    private static ConversationKey Hold(params (ConversationKey Member, Instant At)[] rows)
    {
        var holder = new AlertHolder(BySecondPhone);
        foreach (var (member, at) in rows)
        {
            holder.Add(member, new ConversationState(at, denied: null));
        }

        return holder.Conversation;
    }

    private static QuarantinedPayload? Quarantine(byte[] payload) =>
        IngestPlan.Of(new IngestBatch { Events = [], ReceivedAt = Start, Quarantined = payload, QuarantineReason = "broken" }).Quarantined;
}
