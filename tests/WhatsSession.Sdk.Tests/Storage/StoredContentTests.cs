using System.Text;
using System.Text.Json;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Storage;

/// <summary>A send that outlives its process is written again byte for byte.</summary>
[WithoutEmulator("Pure functions.")]
public sealed class StoredContentTests
{
    private static readonly MediaSource Upload = MediaSource.FromId("9");

    private static readonly Dictionary<string, Message> Messages = new(StringComparer.Ordinal)
    {
        ["text"] = new TextMessage("Grüße 👋 \"quoted\" </script>") { PreviewUrl = true },
        ["image"] = new ImageMessage(Upload) { Caption = "A" },
        ["video"] = new VideoMessage(MediaSource.FromLink("https://shop.example/v.mp4")),
        ["document"] = new DocumentMessage(Upload) { FileName = "a.pdf" },
        ["voice"] = new VoiceMessage(Upload),
        ["sticker"] = new StickerMessage(Upload),
        ["location"] = new LocationMessage(52.5, 13.4) { Name = "Here" },
        ["reaction taken back"] = new ReactionMessage(MessageId.Parse("wamid.a"), ""),
        ["buttons"] = new ReplyButtonsMessage("Yes?", new ReplyButton("y", "Yes"), new ReplyButton("n", "No")),
        ["list"] = new ListMessage("Which?", "Choose", new ListSection("All", new ListRow("1", "One", "First"))),
        ["raw, nested as deep as a message may be"] = new RawMessage("poll", string.Concat(Enumerable.Repeat("{\"a\":", 63)) + "{}" + new string('}', 63)),
        ["raw, with escapes and numbers as they stand"] = new RawMessage("poll", """{"a":"\u00e9\/","b":1.50e+2,"b":null}"""),
        ["template"] = new TemplateMessage("order_shipped", "en_US", "42"),
        ["template with language policy"] = new TemplateMessage("order_shipped", "en_US", "42") { NamesLanguagePolicy = true },
        ["template as JSON"] = new TemplateMessage("order_shipped", "en_US") { Json = """{"name":"order_shipped","language":{"code":"en_US"},"new":[1]}""" },
        ["marketing"] = new TemplateMessage("sale", "en_US") { Marketing = new MarketingDelivery() },
        ["marketing, not strict"] = new TemplateMessage("sale", "en_US") { Marketing = new MarketingDelivery { IsStrict = false } },
        ["marketing, strict"] = new TemplateMessage("sale", "en_US") { Marketing = new MarketingDelivery { IsStrict = true, SharesActivity = true } },
        ["marketing, not shared"] = new TemplateMessage("sale", "en_US", "42") { Marketing = new MarketingDelivery { SharesActivity = false } },
        ["direct send"] = new DirectSendMessage(new TextMessage("Your parcel left."), DirectSendCategory.Utility),
        ["direct send with life time"] = new DirectSendMessage(new TextMessage("123456"), DirectSendCategory.Authentication) { TtlSeconds = 60 },
        ["direct send of JSON"] = new DirectSendMessage(new RawMessage("poll", "{}"), DirectSendCategory.Utility),
    };

    // Text around the JSON of a raw message is no part of it.
    private static readonly Dictionary<string, Message> Kinds = WrittenParts.All.Where(static kind => kind.Key != "raw").ToDictionary(static kind => kind.Key, static kind => kind.Value.Message, StringComparer.Ordinal);

    public static TheoryData<string> Names => new(Messages.Keys.Concat(Kinds.Keys));

    public static TheoryData<string> Templates => new(Messages.Where(static entry => entry.Value is TemplateMessage).Select(static entry => entry.Key));

    [Theory]
    [MemberData(nameof(Names))]
    public void Restore_Message_WritesTheSameBytesAgain(string name)
    {
        var intent = Intent(Of(name));
        var restored = Restore(intent);

        Text(restored.WriteContent()).Should().Be(Text(intent.WriteContent()));
        Text(restored.WriteDetails()).Should().Be(Text(intent.WriteDetails()));
        (restored.Message is SessionMessage).Should().Be(intent.Message is SessionMessage, "the guard must treat both alike");
        restored.Message.Kind.Should().Be(intent.Message.Kind);
        (restored.Message as TemplateMessage)?.Marketing.Should().Be(((TemplateMessage)intent.Message).Marketing);
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public void Restore_Fallback_WritesTheSameBytesAgain(string name)
    {
        var intent = With((TemplateMessage)Of(name));
        var restored = Restore(intent);

        Text(MessageJson.Write(restored.Fallback!)).Should().Be(Text(MessageJson.Write(intent.Fallback!)));
        restored.Fallback!.Marketing.Should().Be(intent.Fallback!.Marketing);
        (restored.Fallback.Name, restored.Fallback.Language).Should().Be((intent.Fallback.Name, intent.Fallback.Language));
    }

    [Fact]
    public void Restore_EveryOption_IsThereAgain()
    {
        var intent = With(Given.Template);
        var restored = Restore(intent);

        restored.Should().BeEquivalentTo(
            new { intent.Id, intent.Conversation, intent.Evidence, intent.CreatedAt, intent.FallbackKey, intent.WhenReopened, intent.ReplyTo, intent.CallbackData, intent.IdentityKeyHash });
        Text(restored.WriteDetails()).Should().Be(Text(intent.WriteDetails()));
    }

    [Fact]
    public void WriteDetails_SessionMessageWithoutOptions_IsEmpty() => Intent(Given.Text).WriteDetails().Should().BeEmpty();

    [Fact]
    public void WriteDetails_EveryOption_IsOneJsonObject() => Text(With(Given.Template).WriteDetails()).Should().Be(
        """{"fallback_key":"order-42","reply_to":"wamid.a","callback_data":"order \"42\"","identity_key_hash":"DF2lS5v2W6x=","hold_seconds":259200,"fallback":{"type":"template","template":{"name":"order_shipped","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"42"}]}]}}}""");

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"type":"text"}""")]
    public void Restore_NotWhatWasWritten_Throws(string content) =>
        FluentActions.Invoking(() => SendIntent.Restore(IntentId.New(), Given.Key, Encoding.UTF8.GetBytes(content), default, evidence: null, Given.T0)).Should().Throw<JsonException>();

    private static Message Of(string name) => Messages.TryGetValue(name, out var message) ? message : Kinds[name];

    private static SendIntent Intent(Message message) => new() { Id = IntentId.New(), Conversation = Given.Key, Message = message, CreatedAt = Given.T0 };

    private static SendIntent With(TemplateMessage fallback) => new()
    {
        Id = IntentId.New(),
        Conversation = Given.Key,
        Message = Given.Text,
        CreatedAt = Given.T0,
        Evidence = Given.T0 - Duration.FromHours(1),
        Fallback = fallback,
        FallbackKey = "order-42",
        WhenReopened = WhenReopened.Hold(Duration.FromDays(3)),
        ReplyTo = MessageId.Parse("wamid.a"),
        CallbackData = "order \"42\"",
        IdentityKeyHash = "DF2lS5v2W6x=",
    };

    private static SendIntent Restore(SendIntent intent) => SendIntent.Restore(intent.Id, intent.Conversation, intent.WriteContent(), intent.WriteDetails(), intent.Evidence, intent.CreatedAt);

    private static string Text(byte[] json) => Encoding.UTF8.GetString(json);
}
