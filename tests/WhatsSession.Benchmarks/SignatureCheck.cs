using System.Security.Cryptography;

namespace WhatsSession.Benchmarks;

/// <summary>Row 2: the signature alone, by one secret.</summary>
internal abstract class SignatureCheck : BudgetRow
{
    private readonly byte[] _body;
    private readonly string _signature;
    private readonly WebhookVerifier _verifier = new([SampleWebhook.Secret]);

    protected SignatureCheck(int length)
    {
        _body = new byte[length];
        new Random(1).NextBytes(_body);
        _signature = WebhookSignature.Compute(_body, SampleWebhook.Secret);
    }

    public override string Floor => "SHA256.HashData of the body";

    public override long ByteBudget => 0;

    public override ValueTask RunAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            if (!_verifier.Verify(_body, _signature))
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
