using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Json;

/// <summary>What is listed of a conversation and of the engine, as an endpoint for people returns it.</summary>
[WithoutEmulator("JSON of values that are made by hand: no Meta is in it.")]
public sealed class JsonStoredTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static readonly Instant Noon = Instant.FromUtc(2026, 11, 30, 12, 0);

    private static readonly IntentId Intent = IntentId.Parse("AAAAAAAAAAAAAAAAAAAAAQ");

    private static HistoryMessage FromCustomer => new(
        new LoggedMessage
        {
            IsInbound = true,
            At = Noon,
            MessageId = MessageId.Parse("wamid.in"),
            Json = """{"from":"15550001234","id":"wamid.in","timestamp":"1796040000","type":"text","text":{"body":"Hola"}}"""u8.ToArray(),
        },
        delivery: null);

    private static HistoryMessage FromBusiness => new(
        new LoggedMessage
        {
            IsInbound = false,
            At = Noon,
            MessageId = MessageId.Parse("wamid.out"),
            Intent = Intent,
            State = IntentState.Accepted,
            Json = """{"type":"text","text":{"body":"Hi"}}"""u8.ToArray(),
        },
        MessageDelivery.Of(DeliveryStatus.Read, Noon + Duration.FromSeconds(2), error: null));

    private static HeldMessage Held => new()
    {
        Intent = new SendIntent
        {
            Id = Intent,
            Conversation = Given.Key,
            Message = new TextMessage("Your parcel left."),
            CreatedAt = Noon,
            Fallback = new TemplateMessage("order_shipped", "en_US"),
            WhenReopened = WhenReopened.Hold(Duration.FromDays(2)),
        },
        ExpiresAt = Noon + Duration.FromDays(2),
    };

    [Fact]
    public void Serialize_HistoryOfTheCustomer_HasTheMessageAsAnObject() =>
        JsonSerializer.Serialize(FromCustomer, Web).Should().Be(
            """
            {"direction":"inbound","isInbound":true,"at":"2026-11-30T12:00:00Z","kind":"text","text":"Hola","messageId":"wamid.in",
            "json":{"from":"15550001234","id":"wamid.in","timestamp":"1796040000","type":"text","text":{"body":"Hola"}}}
            """.ReplaceLineEndings(""));

    [Fact]
    public void Serialize_HistoryOfTheBusiness_HasWhatBecameOfIt() =>
        JsonSerializer.Serialize(FromBusiness, Web).Should().Be(
            """
            {"direction":"outbound","isInbound":false,"at":"2026-11-30T12:00:00Z","kind":"text","text":"Hi","messageId":"wamid.out","status":"read",
            "delivery":{"status":"read","isDelivered":true,"isFailed":false,"marks":[{"status":"read","at":"2026-11-30T12:00:02Z"}]},
            "intent":"AAAAAAAAAAAAAAAAAAAAAQ","state":"accepted","json":{"type":"text","text":{"body":"Hi"}}}
            """.ReplaceLineEndings(""));

    [Fact]
    public void Serialize_HeldMessage_HasTheMessageAsItGoesOut() =>
        JsonSerializer.Serialize(Held, Web).Should().Be(
            """
            {"intent":{"id":"AAAAAAAAAAAAAAAAAAAAAQ","conversation":"314159265358979/15550001234",
            "message":{"type":"text","text":{"body":"Your parcel left."}},"createdAt":"2026-11-30T12:00:00Z",
            "fallback":{"type":"template","template":{"name":"order_shipped","language":{"code":"en_US"}}},
            "whenReopened":{"holdFor":"PT48H"}},"expiresAt":"2026-12-02T12:00:00Z","id":"AAAAAAAAAAAAAAAAAAAAAQ"}
            """.ReplaceLineEndings(""));

    /// <summary>A message in memory may have a file that is not uploaded yet, or JSON that is none.</summary>
    [Fact]
    public void Serialize_MessageThatCannotBeSent_IsItsKind()
    {
        foreach (var message in new Message[] { new ImageMessage(MediaSource.FromFile("/tmp/a.png")), new RawMessage("teleport", "{") })
        {
            var intent = new SendIntent { Id = Intent, Conversation = Given.Key, Message = message, CreatedAt = Noon };

            JsonSerializer.SerializeToElement(intent, Web).GetProperty("message").GetRawText().Should().Be($$"""{"type":"{{message.Kind}}"}""");
        }
    }

    [Fact]
    public void Serialize_PayloadThatIsNoJson_IsBase64()
    {
        var payload = new QuarantinedPayload { Key = EventKey.Of("", EventLane.Account, "x"), ReceivedAt = Noon, Reason = "cut off", Payload = "{\"object\":"u8.ToArray() };

        JsonSerializer.SerializeToElement(payload, Web).GetProperty("payload").GetBytesFromBase64().Should().Equal("{\"object\":"u8.ToArray());
    }

    [Fact]
    public void Generated_WritesAsReflectionDoes()
    {
        var parked = new ParkedEvent
        {
            Event = new StoredEvent { Key = EventKey.Of("", EventLane.Live, "x"), Lane = EventLane.Live, Field = "messages", Timestamp = Noon, ReceivedAt = Noon, Raw = "{\"a\":1}"u8.ToArray() },
            Position = 3,
            Attempts = 8,
            Error = "TimeoutException",
            CompletedHandlers = ["log"],
        };
        object[] samples =
        [
            FromCustomer, FromBusiness, Held, parked, new AcceptResult(200, 2), new WindowClosing(Given.Key, Noon, Duration.FromHours(1)) { WaitingSince = Noon, LastMessage = FromCustomer },
            new WindowClosed(Given.Key, Noon) { HasWrittenSince = true }, new WindowExtended(Given.Key, Noon, Noon + Duration.FromHours(24)),
            new SessionMessageRefused(Given.Key, Intent, MessageId.Parse("wamid.1"), Noon) { Content = """{"type":"text"}"""u8.ToArray() },
            new TextReceived { Key = parked.Event.Key, Number = Given.Number, Phone = CustomerId.Parse(Given.Phone), Timestamp = Noon, Text = "hi", Raw = "{}"u8.ToArray() },
        ];

        foreach (var sample in samples)
        {
            JsonSerializer.Serialize(sample, sample.GetType(), GeneratedStoredJson.Default).Should().Be(JsonSerializer.Serialize(sample, sample.GetType(), Web));
        }
    }
}
