namespace WhatsSession.Benchmarks;

/// <summary>Row 2 at the largest size that Meta documents.</summary>
internal sealed class SignatureOfLargeBody() : SignatureCheck(3 * 1024 * 1024)
{
    public override string Number => "2b";

    public override string Name => "signature, 3 MB, one secret";

    public override double TimeBudget => 1.05;

    public override int OperationsPerRound => 1;
}
