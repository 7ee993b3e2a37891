using System.Text;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StoreConformance;

public abstract partial class StoreConformanceTests
{
    [Fact]
    public async Task ReadSendAsync_SavedIntent_IsAsItWasKept()
    {
        var store = await CreateAsync();
        var plain = Intent(ByPhone, Start + Duration.FromTicks(3), "Hello");
        var full = FullIntent(ByUser, Start);
        await store.SaveIntentAsync(plain, Token);
        await store.SaveIntentAsync(full, Token);
        foreach (var intent in (SendIntent[])[plain, full])
        {
            var send = (await store.ReadSendAsync(intent.Id, Token))!;
            Describe(send.Intent).Should().Be(Describe(intent));
            send.Should().BeEquivalentTo(new { State = IntentState.Pending, Message = (MessageId?)null, RetriedAfter = (MessageId?)null });
        }

        (await store.ReadSendAsync(IntentId.New(), Token)).Should().BeNull();
    }

    [Fact]
    public async Task SaveIntentAsync_SavedBefore_ChangesNothing()
    {
        var store = await CreateAsync();
        var intent = Intent(ByPhone, Start, "Hello");
        await store.SaveIntentAsync(intent, Token);
        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, Sent), Token);
        await store.SaveIntentAsync(intent, Token);
        (await store.ReadSendAsync(intent.Id, Token))!.State.Should().Be(IntentState.Accepted);
        (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Should().ContainSingle();
    }

    [Fact]
    public async Task TakeRetryAsync_RefusedSend_IsTakenOnce()
    {
        var store = await CreateAsync();
        var intent = Intent(ByPhone, Start, "Hello");
        (await store.TakeRetryAsync(intent.Id, Sent, Token)).Should().BeFalse("the store does not have the send");
        await store.SaveIntentAsync(intent, Token);
        (await store.TakeRetryAsync(intent.Id, Sent, Token)).Should().BeTrue();
        (await store.TakeRetryAsync(intent.Id, MessageId.Parse("wamid.second"), Token)).Should().BeFalse();
        (await store.ReadSendAsync(intent.Id, Token))!.RetriedAfter.Should().Be(Sent);
    }

    [Fact]
    public async Task TakeRetryAsync_SecondTryFailed_MayBeTakenAnew()
    {
        var store = await CreateAsync();
        var intent = Intent(ByPhone, Start, "Hello");
        await store.SaveIntentAsync(intent, Token);
        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, Sent), Token);
        (await store.TakeRetryAsync(intent.Id, Sent, Token)).Should().BeTrue();
        (await store.ReadSendAsync(intent.Id, Token)).Should().BeEquivalentTo(new { State = IntentState.Pending, Message = (MessageId?)null, RetriedAfter = (MessageId?)Sent });
        (await store.TakeRetryAsync(intent.Id, Sent, Token)).Should().BeFalse("it is under way");

        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Failed, Message: null), Token);
        (await store.TakeRetryAsync(intent.Id, MessageId.Parse("wamid.second"), Token)).Should().BeFalse();
        (await store.TakeRetryAsync(intent.Id, Sent, Token)).Should().BeTrue();
        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Ambiguous, Message: null), Token);
        (await store.TakeRetryAsync(intent.Id, Sent, Token)).Should().BeFalse("Meta may have it");
    }

    [Theory]
    [InlineData("wamid.first", IntentState.Ambiguous)]
    [InlineData("wamid.second", IntentState.Accepted)]
    public async Task IngestAsync_StatusDuringTheSecondTry_ProvesTheSendOnlyByAnotherMessage(string message, IntentState expected)
    {
        var store = await CreateAsync();
        var intent = Intent(ByPhone, Start, "Hello");
        var first = MessageId.Parse("wamid.first");
        await store.SaveIntentAsync(intent, Token);
        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, first), Token);
        await store.TakeRetryAsync(intent.Id, first, Token);
        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Ambiguous, Message: null), Token);

        await store.IngestAsync(Batch(Status(message["wamid.".Length..], DeliveryStatus.Delivered, ByPhone, Start, intent: intent.Id)), Token);

        var send = (await store.ReadSendAsync(intent.Id, Token))!;
        send.State.Should().Be(expected);
        send.Message.Should().Be(expected == IntentState.Accepted ? MessageId.Parse(message) : null);
    }

    [Fact]
    public async Task TakeRetryAsync_ManyAtOnce_OneWins()
    {
        var store = await CreateAsync();
        var intent = Intent(ByPhone, Start, "Hello");
        await store.SaveIntentAsync(intent, Token);
        (await RaceAsync(store, async s => await s.TakeRetryAsync(intent.Id, Sent, Token))).Should().ContainSingle(static won => won);
    }

    [Fact]
    public async Task ReadSendAsync_SavedByAnotherHost_IsFound()
    {
        var store = await CreateAsync();
        var other = await OpenAnotherAsync(store);
        var intent = Intent(ByPhone, Start, "Hello");
        await store.SaveIntentAsync(intent, Token);
        await other.IngestAsync(Batch(Status("sent", DeliveryStatus.Sent, ByPhone, Start, intent: intent.Id)), Token);
        (await store.ReadSendAsync(intent.Id, Token))!.State.Should().Be(IntentState.Accepted);
        (await store.ReadDeliveryAsync(Number, Sent, Token)).Status.Should().Be(DeliveryStatus.Sent);
    }

    [Fact]
    public async Task SaveIntentAsync_FailedSendAgain_IsOpenAgainWithWhatItSaysNow()
    {
        var store = await CreateAsync();
        var first = Intent(ByPhone, Start, "First");
        var second = new SendIntent { Id = first.Id, Conversation = ByPhone, Message = new TextMessage("Second"), Evidence = Start, CreatedAt = Start + Duration.FromMinutes(1), CallbackData = "mine" };
        await store.SaveIntentAsync(first, Token);
        await store.SaveIntentAsync(second, Token);
        Encoding.UTF8.GetString((await store.ReadSendAsync(first.Id, Token))!.Intent.WriteContent()).Should().Contain("First", "it was under way");
        await store.SettleIntentAsync(new SendSettlement(first.Id, IntentState.Failed, Message: null), Token);

        await store.SaveIntentAsync(second, Token);

        var send = (await store.ReadSendAsync(first.Id, Token))!;
        send.State.Should().Be(IntentState.Pending);
        Encoding.UTF8.GetString(send.Intent.WriteContent()).Should().Contain("Second");
        (send.Intent.Evidence, send.Intent.CallbackData).Should().Be((Start, "mine"));
        (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Should().ContainSingle();
        await store.SettleIntentAsync(new SendSettlement(first.Id, IntentState.Accepted, MessageId.Parse("wamid.a")), Token);
        await store.SaveIntentAsync(first, Token);
        (await store.ReadSendAsync(first.Id, Token))!.State.Should().Be(IntentState.Accepted);
    }

    /// <summary>A send with every option.</summary>
    private static SendIntent FullIntent(ConversationKey conversation, Instant at) => new()
    {
        Id = IntentId.New(),
        Conversation = conversation,
        Message = new TextMessage("Grüße 👋"),
        CreatedAt = at,
        Evidence = Start - Duration.FromHours(1),
        Fallback = new TemplateMessage("order_shipped", "en_US", "42") { Marketing = new MarketingDelivery { IsStrict = true, SharesActivity = false } },
        FallbackKey = "order-42",
        WhenReopened = WhenReopened.Hold(Duration.FromDays(3)),
        ReplyTo = MessageId.Parse("wamid.asked"),
        CallbackData = "order \"42\"",
        IdentityKeyHash = "DF2lS5v2W6x=",
    };

    private static string Describe(SendIntent intent) => string.Join(
        '\n',
        intent.Id,
        intent.Conversation.Party,
        Encoding.UTF8.GetString(intent.WriteContent()),
        Encoding.UTF8.GetString(intent.WriteDetails()),
        intent.Evidence,
        intent.CreatedAt.ToUnixTimeTicks());
}
