using System.Security.Cryptography;

namespace WhatsSession.Benchmarks;

/// <summary>Row 2 by the static method, to which the secret is given each time.</summary>
internal sealed class SignatureByPublicVerify : BudgetRow
{
    private readonly byte[] _body = new byte[500];
    private readonly string[] _secrets = [SampleWebhook.Secret];
    private readonly string _signature;

    public SignatureByPublicVerify()
    {
        new Random(1).NextBytes(_body);
        _signature = WebhookSignature.Compute(_body, SampleWebhook.Secret);
    }

    public override string Number => "2c";

    public override string Name => "WebhookSignature.Verify, 500 B, one secret";

    public override string Floor => "SHA256.HashData of the body";

    public override double TimeBudget => 1.5;

    public override long ByteBudget => 0;

    public override int OperationsPerRound => 1000;

    public override ValueTask RunAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            if (!WebhookSignature.Verify(_body, _signature, _secrets))
            {
                throw new InvalidOperationException("The signature was refused.");
            }
        }

        return default;
    }

    public override ValueTask RunFloorAsync(int operations)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        for (var i = 0; i < operations; i++)
        {
            SHA256.HashData(_body, digest);
        }

        return default;
    }
}
