using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace WhatsSession.Benchmarks;

/// <summary>Row 1: a webhook with one text, from the raw bytes to the typed event.</summary>
internal sealed class InboundWebhook : BudgetRow
{
    private readonly byte[] _body = SampleWebhook.Body;
    private readonly string _signature = WebhookSignature.Compute(SampleWebhook.Body, SampleWebhook.Secret);
    private readonly WebhookVerifier _verifier = new([SampleWebhook.Secret]);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(SampleWebhook.Secret));
    private readonly List<WhatsAppEvent> _events = [];
    private readonly string?[] _kept = new string?[6];

    public override string Number => "1";

    public override string Name => $"inbound text webhook, {_body.Length} B, verify and parse";

    public override string Floor => "HMAC, bare Utf8JsonReader walk, the strings kept";

    public override double TimeBudget => 1.5;

    public override long ByteBudget => 1000;

    public override int OperationsPerRound => 400;

    public override ValueTask RunAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _events.Clear();
            if (!_verifier.Verify(_body, _signature) || WebhookReader.Read(_body, _events) is not null || _events is not [TextReceived { Contact.Username: "martaq" }])
            {
                throw new InvalidOperationException("The webhook was not read.");
            }
        }

        return default;
    }

    public override ValueTask RunFloorAsync(int operations)
    {
        Span<byte> computed = stackalloc byte[SHA256.HashSizeInBytes];
        for (var i = 0; i < operations; i++)
        {
            _hash.AppendData(_body);
            _hash.GetHashAndReset(computed);
            if (Walk() != _kept.Length)
            {
                throw new InvalidOperationException("The walk missed a string.");
            }
        }

        return default;
    }

    public override ValueTask DisposeAsync()
    {
        _hash.Dispose();
        return base.DisposeAsync();
    }

    /// <summary>Every token, and a string of each value that only this message has.</summary>
    private int Walk()
    {
        var kept = 0;
        var keepNext = false;
        var reader = new Utf8JsonReader(_body);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                keepNext = IsKept(reader.ValueSpan, reader.CurrentDepth);
            }
            else if (keepNext && reader.TokenType == JsonTokenType.String)
            {
                _kept[kept++] = Encoding.UTF8.GetString(reader.ValueSpan);
                keepNext = false;
            }
        }

        return kept;
    }

    private static bool IsKept(ReadOnlySpan<byte> name, int depth) => name.Length switch
    {
        2 => depth > 5 && name.SequenceEqual("id"u8),
        4 => name.SequenceEqual("from"u8) || name.SequenceEqual("body"u8) || name.SequenceEqual("name"u8),
        8 => name.SequenceEqual("username"u8),
        12 => name.SequenceEqual("from_user_id"u8),
        _ => false,
    };
}
