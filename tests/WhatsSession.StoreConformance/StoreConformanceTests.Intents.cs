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
            Assert.Equal(Describe(intent), Describe(send.Intent));
            AssertIs(send, IntentState.Pending, message: null, retriedAfter: null);
        }

        Assert.Null(await store.ReadSendAsync(IntentId.New(), Token));
    }

    [Fact]
    public async Task SaveIntentAsync_SavedBefore_ChangesNothing()
    {
        var store = await CreateAsync();
        var intent = Intent(ByPhone, Start, "Hello");
        await store.SaveIntentAsync(intent, Token);
        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, Sent), Token);
        await store.SaveIntentAsync(intent, Token);
        Assert.Equal(IntentState.Accepted, (await store.ReadSendAsync(intent.Id, Token))!.State);
        Assert.Single(await store.ReadLogAsync(ByPhone, before: null, 10, Token));
    }

    [Fact]
    public async Task SaveIntentAsync_PendingUnderTheTokenOfItsRun_IsStillThatRunsToMake()
    {
        var store = await CreateAsync();
        SendIntent SavedBy(IntentId id, long token) => new() { Id = id, Conversation = ByPhone, Message = new TextMessage($"run {token}"), CreatedAt = Start, SaveToken = token };
        var (id, plain) = (IntentId.New(), IntentId.New());
        Assert.True(await store.SaveIntentAsync(SavedBy(id, 1), Token));
        Because.False(await store.SaveIntentAsync(SavedBy(id, 2), Token), "another run saved it");
        Because.True(await store.SaveIntentAsync(SavedBy(id, 1), Token), "its own run saved it");
        await store.SettleIntentAsync(new SendSettlement(id, IntentState.Ambiguous, Message: null), Token);
        Because.False(await store.SaveIntentAsync(SavedBy(id, 1), Token), "its request was written");

        Assert.True(await store.SaveIntentAsync(SavedBy(plain, 0), Token));
        Because.False(await store.SaveIntentAsync(SavedBy(plain, 0), Token), "no run has told who it is");
        await store.SettleIntentAsync(new SendSettlement(plain, IntentState.Failed, Message: null), Token);
        Assert.True(await store.SaveIntentAsync(SavedBy(plain, 3), Token));
        Assert.True(await store.SaveIntentAsync(SavedBy(plain, 3), Token));
        Assert.Equal(2, (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Count);
    }

    [Fact]
    public async Task TakeRetryAsync_RefusedSend_IsTakenOnce()
    {
        var store = await CreateAsync();
        var intent = Intent(ByPhone, Start, "Hello");
        Because.False(await store.TakeRetryAsync(intent.Id, Sent, 0, Token), "the store does not have the send");
        await store.SaveIntentAsync(intent, Token);
        Assert.True(await store.TakeRetryAsync(intent.Id, Sent, 0, Token));
        Assert.False(await store.TakeRetryAsync(intent.Id, MessageId.Parse("wamid.second"), 0, Token));
        Assert.Equal(Sent, (await store.ReadSendAsync(intent.Id, Token))!.RetriedAfter);
    }

    [Fact]
    public async Task TakeRetryAsync_SecondTryFailed_MayBeTakenAnew()
    {
        var store = await CreateAsync();
        var intent = Intent(ByPhone, Start, "Hello");
        await store.SaveIntentAsync(intent, Token);
        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, Sent), Token);
        Assert.True(await store.TakeRetryAsync(intent.Id, Sent, 0, Token));
        AssertIs((await store.ReadSendAsync(intent.Id, Token))!, IntentState.Pending, message: null, Sent);
        Because.False(await store.TakeRetryAsync(intent.Id, Sent, 0, Token), "it is under way");

        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Failed, Message: null), Token);
        Assert.False(await store.TakeRetryAsync(intent.Id, MessageId.Parse("wamid.second"), 0, Token));
        Assert.True(await store.TakeRetryAsync(intent.Id, Sent, 0, Token));
        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Ambiguous, Message: null), Token);
        Because.False(await store.TakeRetryAsync(intent.Id, Sent, 0, Token), "Meta may have it");
    }

    [Fact]
    public async Task TakeRetryAsync_AgainUnderTheTokenOfItsRun_IsStillToBeMade()
    {
        var store = await CreateAsync();
        var intent = new SendIntent { Id = IntentId.New(), Conversation = ByPhone, Message = new TextMessage("Hello"), CreatedAt = Start, SaveToken = 5 };
        await store.SaveIntentAsync(intent, Token);
        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, Sent), Token);
        Assert.True(await store.TakeRetryAsync(intent.Id, Sent, 7, Token));
        foreach (var other in (long[])[0, 5, 8])
        {
            Because.False(await store.TakeRetryAsync(intent.Id, Sent, other, Token), "another run has taken it");
        }

        Assert.False(await store.TakeRetryAsync(intent.Id, MessageId.Parse("wamid.second"), 7, Token));
        Because.True(await store.TakeRetryAsync(intent.Id, Sent, 7, Token), "the run heard of a failure of the store, and has written nothing");
        AssertIs((await store.ReadSendAsync(intent.Id, Token))!, IntentState.Pending, message: null, Sent);

        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Ambiguous, Message: null), Token);
        Because.False(await store.TakeRetryAsync(intent.Id, Sent, 7, Token), "Meta may have it");
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
        await store.TakeRetryAsync(intent.Id, first, 0, Token);
        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Ambiguous, Message: null), Token);

        await store.IngestAsync(Batch(Status(message["wamid.".Length..], DeliveryStatus.Delivered, ByPhone, Start, intent: intent.Id)), Token);

        var send = (await store.ReadSendAsync(intent.Id, Token))!;
        Assert.Equal(expected, send.State);
        Assert.Equal(expected == IntentState.Accepted ? MessageId.Parse(message) : null, send.Message);
    }

    [Fact]
    public async Task TakeRetryAsync_ManyAtOnce_OneWins()
    {
        var store = await CreateAsync();
        var intent = Intent(ByPhone, Start, "Hello");
        await store.SaveIntentAsync(intent, Token);
        Assert.Single(await RaceAsync(store, async s => await s.TakeRetryAsync(intent.Id, Sent, 0, Token)), static won => won);
    }

    [Fact]
    public async Task ReadSendAsync_SavedByAnotherHost_IsFound()
    {
        var store = await CreateAsync();
        var other = await OpenAnotherAsync(store);
        var intent = Intent(ByPhone, Start, "Hello");
        await store.SaveIntentAsync(intent, Token);
        await other.IngestAsync(Batch(Status("sent", DeliveryStatus.Sent, ByPhone, Start, intent: intent.Id)), Token);
        Assert.Equal(IntentState.Accepted, (await store.ReadSendAsync(intent.Id, Token))!.State);
        Assert.Equal(DeliveryStatus.Sent, (await store.ReadDeliveryAsync(Number, Sent, Token)).Status);
    }

    [Fact]
    public async Task SaveIntentAsync_FailedSendAgain_IsOpenAgainWithWhatItSaysNow()
    {
        var store = await CreateAsync();
        var first = Intent(ByPhone, Start, "First");
        var second = new SendIntent { Id = first.Id, Conversation = ByPhone, Message = new TextMessage("Second"), Evidence = Start, CreatedAt = Start + Duration.FromMinutes(1), CallbackData = "mine" };
        await store.SaveIntentAsync(first, Token);
        await store.SaveIntentAsync(second, Token);
        Because.Contains("First", Encoding.UTF8.GetString((await store.ReadSendAsync(first.Id, Token))!.Intent.WriteContent()), "it was under way");
        await store.SettleIntentAsync(new SendSettlement(first.Id, IntentState.Failed, Message: null), Token);

        await store.SaveIntentAsync(second, Token);

        var send = (await store.ReadSendAsync(first.Id, Token))!;
        Assert.Equal(IntentState.Pending, send.State);
        Assert.Contains("Second", Encoding.UTF8.GetString(send.Intent.WriteContent()));
        Assert.Equal((Start, "mine"), (send.Intent.Evidence, send.Intent.CallbackData));
        Assert.Single(await store.ReadLogAsync(ByPhone, before: null, 10, Token));
        await store.SettleIntentAsync(new SendSettlement(first.Id, IntentState.Accepted, MessageId.Parse("wamid.a")), Token);
        await store.SaveIntentAsync(first, Token);
        Assert.Equal(IntentState.Accepted, (await store.ReadSendAsync(first.Id, Token))!.State);
    }

    [Fact]
    public async Task SaveIntentAsync_SeveralCallersUnderOneId_TellsOneOfThemToMakeIt()
    {
        var store = await CreateAsync();
        var reply = Intent(ByPhone, Start, "Hello");
        Assert.Single(await RaceAsync(store, async s => await s.SaveIntentAsync(reply, Token)), static mine => mine);
        Because.False(await store.SaveIntentAsync(reply, Token), "it is under way");

        await store.SettleIntentAsync(new SendSettlement(reply.Id, IntentState.Failed, Message: null), Token);
        Assert.Single(await RaceAsync(store, async s => await s.SaveIntentAsync(reply, Token)), static mine => mine);
        await store.SettleIntentAsync(new SendSettlement(reply.Id, IntentState.Ambiguous, Message: null), Token);
        Because.False(await store.SaveIntentAsync(reply, Token), "Meta may have it");
        await store.SettleIntentAsync(new SendSettlement(reply.Id, IntentState.Failed, Message: null), Token);
        Because.False(await store.SaveIntentAsync(reply, Token), "a doubt is no failure, whatever is said afterwards");
        await store.IngestAsync(Batch(Status("sent", DeliveryStatus.Sent, ByPhone, Start, intent: reply.Id)), Token);
        Because.False(await store.SaveIntentAsync(reply, Token), "Meta has it");
        AssertIs((await store.ReadSendAsync(reply.Id, Token))!, IntentState.Accepted, Sent, retriedAfter: null);
    }

    private static void AssertIs(StoredSend send, IntentState state, MessageId? message, MessageId? retriedAfter) =>
        Assert.Equal((state, message, retriedAfter), (send.State, send.Message, send.RetriedAfter));

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
