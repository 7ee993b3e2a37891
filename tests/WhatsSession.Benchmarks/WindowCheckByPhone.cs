namespace WhatsSession.Benchmarks;

/// <summary>Row 5 by phone.</summary>
internal sealed class WindowCheckByPhone : WindowCheck
{
    public override string Number => "5a";

    public override string Name => "window check at 1M, by phone";

    public override double TimeBudget => 2;

    protected override string PartyOf(int number) => Phone(number);
}
