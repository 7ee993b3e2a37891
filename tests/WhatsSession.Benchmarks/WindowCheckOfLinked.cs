using WhatsSession.Storage.InMemory;

namespace WhatsSession.Benchmarks;

/// <summary>Row 5 of customers who are known by phone and user id, asked by either in turn.</summary>
internal sealed class WindowCheckOfLinked : WindowCheck
{
    public override string Number => "5d";

    public override string Name => "window check at 1M, known by phone and user id";

    public override double TimeBudget => 3;

    protected override string PartyOf(int number) => number % 2 == 0 ? Phone(number) : LinkedCustomers.UserId(number);

    protected override Task FillAsync(InMemoryStore store, ConversationState state)
    {
        var number = PhoneNumberId.Parse(NumberId);
        return LinkedCustomers.IngestAsync(
            store,
            Keys.Select(key =>
            {
                // By whichever of the two it is asked for, the other belongs to it.
                var digits = key.Party[^7..];
                var (user, phone) = key.Customer!.Value.IsPhone ? ("US.4091726354881" + digits, key.Party) : (key.Party, "1555" + digits);
                return (new ConversationKey(number, CustomerId.Parse(user)), CustomerId.Parse(phone));
            }),
            Now);
    }
}
