using CsCheck;
using NodaTime;

namespace WhatsSession.Core.Tests.Sending;

/// <summary>What the facts beside the window do to it: erasure, a restricted account.</summary>
public sealed class SendPolicyFactsTests
{
    private static readonly Instant Opened = Given.Noon;
    private static readonly Instant Hour = Given.Noon + Duration.FromHours(1);

    // What the window shows is what the guard does, whatever is known.
    [Fact]
    public void Window_AnyFactsAndTime_AgreesWithDecide() =>
        Gen.Select(Generators.Policy, Generators.FullSnapshot, Generators.Time).Sample((policy, snapshot, now) =>
            policy.Window(snapshot, now).MaySend == policy.Decide(snapshot, Given.Text, now).MaySend);

    // Nothing that the business does opens a window: no answer, no reply to an advertisement, no erasure.
    [Fact]
    public void Window_JoinedWithWhatTheBusinessDid_NeverOpens() =>
        Gen.Select(Generators.Policy, Generators.FullSnapshot, Generators.Facts, Generators.Time).Sample((policy, snapshot, facts, now) =>
        {
            var joined = snapshot with { State = ConversationState.Join(snapshot.State, facts with { LastInbound = null }) };
            return Given.IsOpen(policy.Window(snapshot, now)) || !Given.IsOpen(policy.Window(joined, now));
        });

    // The free entry point window changes the price alone.
    [Fact]
    public void Window_AnyFreeEntryAndAnswers_ChangeNothing() =>
        Gen.Select(Generators.Policy, Generators.Snapshot, Generators.FreeEntry, Generators.Answers, Generators.Time, Generators.Time).Sample((policy, snapshot, entry, answers, echoed, now) =>
        {
            var learnt = snapshot with { State = snapshot.State with { FreeEntry = entry, Answers = answers, Echoed = echoed } };
            return policy.Window(learnt, now) == policy.Window(snapshot, now);
        });

    // Doubt is shown and decides nothing: whatever the policy says of want of history, the message goes as if nobody had doubted, with the same evidence.
    [Fact]
    public void Decide_AnyDoubt_IsTheSameAsWithout() =>
        Gen.Select(Generators.Policy, Generators.FullSnapshot, Generators.Time, Generators.Time).Sample((policy, snapshot, doubted, now) =>
        {
            var before = snapshot with { State = snapshot.State with { Doubted = null } };
            var after = snapshot with { State = snapshot.State with { Doubted = doubted } };
            var (old, shown) = (policy.Window(before, now), policy.Window(after, now));
            var isDoubted = Given.IsOpen(old) && snapshot.State.LastInbound <= doubted;
            return policy.Decide(before, Given.Text, now) == policy.Decide(after, Given.Text, now)
                && (isDoubted ? shown == new WindowStatus(WindowState.Unknown, Until: null, Since: null, old.MaySend, Duration.Zero) : shown == old);
        });

    [Theory]
    [InlineData(GuardChoice.Refuse)]
    [InlineData(GuardChoice.Send)]
    public void Window_RefusedToAnotherSystemSinceTheMessage_IsUnknownAndMaySend(GuardChoice noHistory)
    {
        var snapshot = Given.Snapshot(Opened);
        var doubted = snapshot with { State = snapshot.State with { Doubted = Hour } };
        var policy = new SendPolicy { NoHistory = noHistory };

        policy.Window(doubted, Hour).Should().Be(new WindowStatus(WindowState.Unknown, Until: null, Since: null, MaySend: true, Duration.Zero));
        policy.Decide(doubted, Given.Text, Hour).Evidence.Should().Be(Opened, "the refusal of this message is to say more");
        policy.Window(doubted, Opened + CustomerServiceWindow.Length).State.Should().Be(WindowState.Closed, "doubt ends with the window");
    }

    [Theory]
    [InlineData(-1, WindowState.Open)]
    [InlineData(0, WindowState.NeverOpened)]
    [InlineData(1, WindowState.NeverOpened)]
    public void Window_ErasedAroundTheMessage_IsOpenOnlyForWhatCameAfter(int nanoseconds, WindowState state) =>
        SendPolicy.Default.Window(Erased(Opened + Given.Nanoseconds(nanoseconds)), Hour).State.Should().Be(state);

    [Fact]
    public void Decide_Erased_RefusesAsNeverOpenedAndNamesNoTime()
    {
        var decision = SendPolicy.Default.Decide(Erased(Hour), Given.Text, Hour);

        (decision.MaySend, decision.Reason, decision.Since, decision.Evidence).Should().Be((false, WindowClosedReason.NeverOpened, (Instant?)null, (Instant?)null));
    }

    [Fact]
    public void Decide_TemplateToAnErasedConversation_RestsOnNothing() =>
        SendPolicy.Default.Decide(Erased(Hour), Given.Template, Hour).Evidence.Should().BeNull();

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void Decide_RestrictedAccount_RefusesUntilTheEnd(int nanoseconds, bool maySend)
    {
        var snapshot = Given.Snapshot(Opened) with { Restriction = new MessagingRestriction(Opened, Applies: true, Hour) };
        var decision = SendPolicy.Default.Decide(snapshot, Given.Text, Hour + Given.Nanoseconds(nanoseconds));

        decision.MaySend.Should().Be(maySend);
        decision.Reason.Should().Be(maySend ? default : WindowClosedReason.Restricted);
        SendPolicy.Default.Window(snapshot, Hour + Given.Nanoseconds(nanoseconds)).Should().BeEquivalentTo(new { State = WindowState.Open, MaySend = maySend });
    }

    [Fact]
    public void Decide_RestrictedAccount_RefusesWhereNothingIsKnownToo()
    {
        var restricted = Given.WithoutEvents(historySince: null) with { Restriction = new MessagingRestriction(Opened, Applies: true, Until: null) };

        new SendPolicy { NoHistory = GuardChoice.Send }.Decide(restricted, Given.Text, Hour).Reason.Should().Be(WindowClosedReason.Restricted);
    }

    [Fact]
    public void Decide_TemplateOfARestrictedAccount_IsMetasToRefuse() =>
        SendPolicy.Default.Decide(Given.Snapshot(Opened) with { Restriction = new MessagingRestriction(Opened, Applies: true, Until: null) }, Given.Template, Hour).MaySend.Should().BeTrue();

    [Fact]
    public void Decide_LiftedRestriction_Sends() =>
        SendPolicy.Default.Decide(Given.Snapshot(Opened) with { Restriction = new MessagingRestriction(Opened, Applies: false, Until: null) }, Given.Text, Hour).MaySend.Should().BeTrue();

    private static ConversationSnapshot Erased(Instant at)
    {
        var snapshot = Given.Snapshot(Opened);
        return snapshot with { State = snapshot.State with { Erased = at } };
    }
}
