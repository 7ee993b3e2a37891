using NodaTime;

namespace WhatsSession.Benchmarks;

/// <summary>Row 6: what a customer's message does to its conversation: the raise, and the look at the timer.</summary>
internal sealed class ApplyInbound : KnownConversations
{
    private long _second;

    public override string Number => "6";

    public override string Name => "apply one inbound event at 1M";

    public override double TimeBudget => 3;

    protected override string PartyOf(int number) => Phone(number);

    protected override long Ask(int index)
    {
        var at = Now + Duration.FromSeconds(SecondOf(index));
        Windows.Join(Keys[index], new ConversationState(at, denied: null), CustomerServiceWindow.ClosesAt(at) - Duration.FromHours(1));
        return index;
    }

    protected override long AskPeer(int index)
    {
        var at = Now + Duration.FromSeconds(SecondOf(index));
        Known.AddOrUpdate(
            Keys[index],
            static (_, facts) => facts,
            static (_, known, facts) => ConversationState.Join(known, facts),
            new ConversationState(at, denied: null));
        return index;
    }

    // Each time around the customers write anew.
    private long SecondOf(int index) => index == 0 ? ++_second : _second;
}
