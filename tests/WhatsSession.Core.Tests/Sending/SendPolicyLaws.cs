using CsCheck;
using NodaTime;

namespace WhatsSession.Core.Tests.Sending;

public sealed class SendPolicyLaws
{
    // What the window shows is what the guard does, at every instant.
    [Fact]
    public void Window_AnyStateAndTime_AgreesWithDecide() =>
        Gen.Select(Generators.Policy, Generators.Snapshot, Generators.Time).Sample((policy, snapshot, now) =>
        {
            var decision = policy.Decide(snapshot, Given.Text, now);
            var window = policy.Window(snapshot, now);
            return window.MaySend == decision.MaySend
                && (decision.Since is null || decision.Since == window.Since);
        });

    // The facts alone are enough: a store that keeps no snapshots gives the same answer.
    [Fact]
    public void Window_FactsOfASnapshot_IsThatOfTheSnapshot() =>
        Gen.Select(Generators.Policy, Generators.Snapshot, Generators.MaybeTime, Generators.Time).Sample((policy, drafted, erased, now) =>
        {
            var snapshot = drafted with { State = drafted.State with { Erased = erased } };
            var facts = WindowFacts.Of(snapshot.State, snapshot.HistorySince, snapshot.Restriction) with { StoreAvailable = snapshot.StoreAvailable };
            return policy.Window(facts, now) == policy.Window(snapshot, now);
        });

    // Nothing that we learn of our own sends opens a window: the one such fact, a refusal, can only close it.
    [Fact]
    public void Window_JoinedWithADenial_NeverOpens() =>
        Gen.Select(Generators.Policy, Generators.Snapshot, Generators.Time, Generators.Time).Sample((policy, snapshot, evidence, now) =>
        {
            var after = Learn(snapshot, new ConversationState(null, evidence));
            var (before, joined) = (policy.Window(snapshot, now), policy.Window(after, now));
            return (Given.IsOpen(before) || !Given.IsOpen(joined)) && (before.MaySend || !joined.MaySend);
        });

    // A late webhook with an older customer message never shortens a window.
    [Fact]
    public void Window_JoinedWithAnOlderMessage_IsNotShortened() =>
        Gen.Select(Generators.Policy, Generators.Snapshot, Generators.Time, Generators.Time).Sample((policy, snapshot, older, now) =>
        {
            if (!(older <= snapshot.State.LastInbound))
            {
                return true;
            }

            return policy.Window(Learn(snapshot, new ConversationState(older, null)), now) == policy.Window(snapshot, now);
        });

    // No customer message, old or new, ever takes an open window away or ends it sooner.
    [Fact]
    public void Window_JoinedWithAnyMessage_ClosesNoSooner() =>
        Gen.Select(Generators.Policy, Generators.Snapshot, Generators.Time, Generators.Time).Sample((policy, snapshot, inbound, now) =>
        {
            var before = policy.Window(snapshot, now);
            var after = policy.Window(Learn(snapshot, new ConversationState(inbound, null)), now);
            return !Given.IsOpen(before) || (Given.IsOpen(after) && after.Until >= before.Until && (after.MaySend || !before.MaySend));
        });

    // Only a customer opens a window: a closed one stays closed while time passes.
    [Fact]
    public void Window_NothingNewLearned_NeverReopens() =>
        Gen.Select(Generators.Policy, Generators.Snapshot, Generators.Time, Generators.Time).Sample((policy, snapshot, one, other) =>
            !Given.IsOpen(policy.Window(snapshot, Instant.Max(one, other))) || Given.IsOpen(policy.Window(snapshot, Instant.Min(one, other))));

    // Until, Since and Remaining tell one story: the half-open span of 24 hours in which now lies.
    [Fact]
    public void Window_WhenOpen_IsTheSpanOf24HoursAroundNow() =>
        Gen.Select(Generators.Policy, Generators.Snapshot, Generators.Time).Sample((policy, snapshot, now) =>
        {
            var window = policy.Window(snapshot, now);
            return Given.IsOpen(window)
                ? window.Until == window.Since + Given.Day && window.Remaining == window.Until - now && now < window.Until
                : window.Until is null && window.Remaining == Duration.Zero && (window.Since is null || window.Since <= now);
        });

    // Templates need no window.
    [Fact]
    public void Decide_Template_MaySendAlways() =>
        Gen.Select(Generators.Policy, Generators.Snapshot, Generators.Time).Sample((policy, snapshot, now) =>
            policy.Decide(snapshot, Given.Template, now).MaySend);

    // Evidence is only what a customer did, so a refusal that carries it can be undone by a later message.
    [Fact]
    public void Decide_WhenGranted_RestsOnTheLastInboundOrNothing() =>
        Gen.Select(Generators.Policy, Generators.Snapshot, Generators.Time).Sample((policy, snapshot, now) =>
        {
            var decision = policy.Decide(snapshot, Given.Text, now);
            return decision.MaySend
                ? decision.Evidence == snapshot.State.LastInbound || (decision.Evidence is null && !snapshot.StoreAvailable)
                : decision.Evidence is null;
        });

    // A refusal by Meta of what the guard allowed closes the window that it was allowed in.
    [Fact]
    public void Decide_AfterMetaRefusedWhatItAllowed_Refuses() =>
        Gen.Select(Generators.Policy, Generators.Snapshot, Generators.Time).Sample((policy, snapshot, now) =>
        {
            var decision = policy.Decide(snapshot, Given.Text, now);
            if (!decision.MaySend || !policy.Enabled || !snapshot.StoreAvailable)
            {
                return true;
            }

            var refused = Learn(snapshot, new ConversationState(null, decision.Evidence ?? NodaConstants.UnixEpoch));
            return !policy.Decide(refused, Given.Text, now).MaySend;
        });

    private static ConversationSnapshot Learn(ConversationSnapshot snapshot, ConversationState fact) =>
        snapshot with { State = ConversationState.Join(snapshot.State, fact) };
}
