using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace WhatsSession.Benchmarks;

/// <summary>Row 3: the largest POST that Meta documents, half texts, half statuses.</summary>
internal sealed class InboundBatch : BudgetRow
{
    private const int Updates = 1000;
    private const int TextLength = 5500;

    private readonly byte[] _body = Body();
    private readonly string _signature;
    private readonly WebhookVerifier _verifier = new([SampleWebhook.Secret]);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(SampleWebhook.Secret));
    private readonly List<WhatsAppEvent> _events = new(Updates);

    public InboundBatch()
    {
        _signature = WebhookSignature.Compute(_body, SampleWebhook.Secret);
    }

    public override string Number => "3";

    public override string Name => $"batch of 1,000 updates, {_body.Length / 1024:N0} KB, verify and parse";

    public override string Floor => "HMAC, bare Utf8JsonReader scan";

    public override double TimeBudget => 2;

    /// <summary>Twice what is kept: the slices, and the texts at two bytes a character.</summary>
    public override long ByteBudget => 2 * Kept();

    public override int OperationsPerRound => 4;

    public override ValueTask RunAsync(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            _events.Clear();
            if (!_verifier.Verify(_body, _signature) || WebhookReader.Read(_body, _events) is not null || _events.Count != Updates)
            {
                throw new InvalidOperationException("The batch was not read.");
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
            var reader = new Utf8JsonReader(_body);
            while (reader.Read())
            {
            }
        }

        return default;
    }

    public override ValueTask DisposeAsync()
    {
        _hash.Dispose();
        return base.DisposeAsync();
    }

    private long Kept()
    {
        var events = new List<WhatsAppEvent>(Updates);
        WebhookReader.Read(_body, events);
        return events.Sum(received => received.Raw.Length + (received is TextReceived text ? 2L * text.Text.Length : 0));
    }

    private static byte[] Body()
    {
        var filler = new string('x', TextLength);
        var indexes = Enumerable.Range(0, Updates / 2).ToList();
        var contacts = string.Join(',', indexes.Select(i => string.Create(CultureInfo.InvariantCulture, $$$"""{"profile":{"name":"Customer {{{i}}}"},"wa_id":"1555000{{{i:0000}}}","user_id":"US.4091726354{{{i:0000}}}"}""")));
        var messages = string.Join(',', indexes.Select(i => string.Create(CultureInfo.InvariantCulture, $$$"""{"from":"1555000{{{i:0000}}}","from_user_id":"US.4091726354{{{i:0000}}}","id":"wamid.M{{{i}}}","timestamp":"1794900000","type":"text","text":{"body":"{{{filler}}}"}}""")));
        var statuses = string.Join(',', indexes.Select(i => string.Create(CultureInfo.InvariantCulture, $$$"""{"id":"wamid.S{{{i}}}","status":"delivered","timestamp":"1794900000","recipient_id":"1555000{{{i:0000}}}","recipient_user_id":"US.4091726354{{{i:0000}}}","pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"utility"}}""")));
        return Encoding.UTF8.GetBytes($$$"""{"object":"whatsapp_business_account","entry":[{"id":"271828182845904","changes":[{"value":{"metadata":{"phone_number_id":"314159265358979"},"contacts":[{{{contacts}}}],"messages":[{{{messages}}}],"statuses":[{{{statuses}}}]},"field":"messages"}]}]}""");
    }
}
