namespace WhatsSession.Benchmarks;

/// <summary>Row 2 at the size of one message.</summary>
internal sealed class SignatureOfSmallBody() : SignatureCheck(500)
{
    public override string Number => "2a";

    public override string Name => "signature, 500 B, one secret";

    public override double TimeBudget => 1.5;

    public override int OperationsPerRound => 1000;
}
