using System.Diagnostics;
using WhatsSession.Storage;

namespace WhatsSession.StorePromises;

/// <content>What makes two sends under one idempotency key the same, and how long the second waits for the first.</content>
public abstract partial class EnginePromises
{
    private static readonly SendOptions Keyed = new() { IdempotencyKey = "order 42" };

    [Fact]
    public async Task IdempotencyKey_OtherFileUnderTheSameKey_IsInvalidAndTheSameFileIsTheFirstOutcome()
    {
        var other = (byte[])[.. Picture[..^1], 1];
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        var first = await shop.Conversation.SendAsync(new ImageMessage(MediaSource.FromBytes(Picture, "image/jpeg")), Keyed, Token);
        first.IsAccepted.Should().BeTrue();

        (await shop.On(Other(shop)).SendAsync(new ImageMessage(MediaSource.FromBytes(other, "image/jpeg")), Keyed, Token)).Should().BeOfType<SendOutcome.Invalid>();
        (await shop.Conversation.SendAsync(new ImageMessage(MediaSource.FromBytes(Picture, "image/png")), Keyed, Token)).Should().BeOfType<SendOutcome.Invalid>();
        (await shop.Conversation.SendAsync(new ImageMessage(MediaSource.FromBytes(Picture, "image/jpeg")) { Caption = "look" }, Keyed, Token)).Should().BeOfType<SendOutcome.Invalid>();
        using var seekable = new MemoryStream([7, 7, .. Picture]) { Position = 2 };
        foreach (var same in (MediaSource[])[MediaSource.FromBytes(Picture.ToArray(), "image/jpeg"), MediaSource.FromStream(seekable, "image/jpeg")])
        {
            (await shop.On(Other(shop)).SendAsync(new ImageMessage(same), Keyed, Token)).MessageId.Should().Be(first.MessageId);
        }

        seekable.Position.Should().Be(2, "the stream is left where it was");
        shop.Sent.Should().ContainSingle();
    }

    [Fact]
    public async Task IdempotencyKey_ContentThatCannotBeTold_IsTheSameWhenTheRestIs()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jpg");
        await File.WriteAllBytesAsync(path, Picture, Token);
        var first = await shop.Conversation.SendAsync(new ImageMessage(MediaSource.FromFile(path)), Keyed, Token);
        first.IsAccepted.Should().BeTrue();
        File.Delete(path);

        (await shop.Conversation.SendAsync(new ImageMessage(MediaSource.FromFile(path)), Keyed, Token)).MessageId.Should().Be(first.MessageId, "the file is gone");
        using var once = new OnceReadable(Picture);
        (await shop.Conversation.SendAsync(new ImageMessage(MediaSource.FromStream(once, "image/jpeg")), Keyed, Token)).MessageId.Should().Be(first.MessageId);
        once.WasRead.Should().BeFalse("it can be read once, for an upload");

        var options = new SendOptions { IdempotencyKey = "order 43" };
        (await shop.Conversation.SendAsync(new ImageMessage(MediaSource.FromStream(once, "image/jpeg")), options, Token)).IsAccepted.Should().BeTrue();
        shop.Sent.Should().HaveCount(2);
    }

    [Fact]
    public async Task IdempotencyKey_OtherIdentifierOfTheCustomer_IsTheFirstOutcome()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        var first = await shop.Conversation.SendAsync(Hello, Keyed, Token);
        (await shop.On(Other(shop), shop.Customer.UserId).SendAsync(Hello, Keyed, Token)).MessageId.Should().Be(first.MessageId);
        var (customer, former) = (shop.Customer, shop.Customer.UserId);
        await customer.ChangesNumberAsync("15550004321", Token);
        await shop.SettleAsync();
        foreach (var identifier in (string[])[customer.UserId, former])
        {
            var again = await shop.On(Other(shop), identifier).SendAsync(Hello, Keyed, Token);
            again.MessageId.Should().Be(first.MessageId, again.Describe());
        }

        (await shop.On(0, OtherPhone).SendAsync(Hello, Keyed, Token)).Should().BeOfType<SendOutcome.Invalid>();
        shop.Sent.Should().ContainSingle();
    }

    [Fact]
    public async Task IdempotencyKey_DialledNumberAndItsForm_AreOneCustomer()
    {
        await using var shop = await OpenDialledAsync();
        await shop.Meta.Customer(Canonical, "Eva").SaysAsync("Hola", Shop.Number);
        await shop.SettleAsync();
        var first = await shop.On(0, Dialled).SendAsync(OrderShipped("41"), Keyed, Token);
        first.IsAccepted.Should().BeTrue();
        (await shop.On(Other(shop), Canonical).SendAsync(OrderShipped("41"), Keyed, Token)).MessageId.Should().Be(first.MessageId);
        (await shop.On(0, Dialled).SendAsync(OrderShipped("41"), Keyed, Token)).MessageId.Should().Be(first.MessageId);
        shop.Sent.Should().ContainSingle();
    }

    [Fact]
    public async Task Reply_WhoseKeyASendHasThatNeverEnds_WaitsAMomentAndIsAmbiguous()
    {
        var outcomes = new List<SendOutcome>();
        var stores = await CreateStoresAsync();
        await using var shop = await Shop.OpenAsync(stores, build: (builder, _) => builder.OnMessage<TextReceived>(MessageFilter.TextEquals("Now"), async (m, ct) =>
        {
            var watch = Stopwatch.StartNew();
            outcomes.Add(await m.ReplyAsync(Hello, Keyed, ct));
            watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(15), "a handler has a place that others could have");
        }));
        var conversation = new ConversationKey(PhoneNumberId.Parse(Shop.Number), CustomerId.Parse(Shop.Phone));
        await shop.CustomerSaysAsync();
        var dead = await shop.Conversation.SendAsync(Hello, Keyed, Token);
        dead.IsAccepted.Should().BeTrue();
        var key = new IdempotencyKey(conversation.Number, "order 42");
        var taken = (await stores[0].TakeKeyAsync(key, new KeyedSend(IntentId.New(), conversation, new byte[1]), shop.Now, Token))!.Value;
        await stores[0].ReleaseKeyAsync(key, taken.Intent, Token);
        await stores[0].TakeKeyAsync(key, new KeyedSend(IntentId.New(), conversation, taken.Content), shop.Now, Token);

        await shop.CustomerSaysAsync("Now");

        outcomes.Should().ContainSingle().Which.Should().BeOfType<SendOutcome.Ambiguous>();
        (await shop.Hosts[0].Parked.ListAsync(10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task IdempotencyKey_FirstSendUnderWayOnAnotherHost_GivesItsOutcomeSoonAfterItsEnd()
    {
        await using var shop = await OpenAsync();
        await shop.CustomerSaysAsync();
        shop.Meta.Faults.ResponseDelay = TimeSpan.FromSeconds(20);
        var first = shop.Conversation.SendAsync(Hello, Keyed, Token);
        await shop.Meta.Faults.WaitForDelayedRequestAsync(Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
        var second = shop.On(Other(shop)).SendAsync(Hello, Keyed, Token);
        second.IsCompleted.Should().BeFalse();
        shop.Meta.Clock.Advance(TimeSpan.FromSeconds(20));
        var outcome = await first.WaitAsync(TimeSpan.FromSeconds(30), Token);
        var watch = Stopwatch.StartNew();
        (await second).MessageId.Should().Be(outcome.MessageId);
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
        shop.Sent.Should().ContainSingle();
    }

    /// <summary>The store kept what it reported as failed: the process that heard of it knows that it wrote no request.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Reply_StoreReportsAFailureWhenItIsSaved_GoesOnceWithItsEvent(bool isDone, bool withMedia)
    {
        var outcomes = new List<SendOutcome>();
        var (store, faults) = FaultyStore.Over((await CreateStoresAsync())[0]);
        SessionMessage message = withMedia ? new ImageMessage(MediaSource.FromBytes(Picture, "image/jpeg")) : Hello;
        await using var shop = await Shop.OpenAsync([store], build: (builder, _) => builder.OnMessage<TextReceived>(
            "reply", FailingOnce(async (m, ct) => outcomes.Add(await m.ReplyAsync(message, ct)))));
        faults.FailNext(nameof(ISendStore.SaveIntentAsync), isDone);
        await SayAsync(shop, "Hi");
        for (var i = 0; i < 4; i++)
        {
            await PassAsync(shop, Duration.FromMinutes(1));
        }

        shop.Sent.Should().ContainSingle();
        outcomes.Should().NotBeEmpty().And.OnlyContain(static outcome => outcome.IsAccepted);
    }

    [Fact]
    public async Task Reply_StoreIsAwayAndSessionMessagesGoAllTheSame_IsNotSentWithoutItsClaim()
    {
        var (store, faults) = FaultyStore.Over((await CreateStoresAsync())[0]);
        await using var shop = await Shop.OpenAsync(
            [store],
            static o => o.Guard.StoreUnavailable = GuardChoice.Send,
            static (builder, _) => builder.OnMessage<TextReceived>("reply", FailingOnce(static (m, ct) => m.ReplyAsync(Hello, ct))));
        faults.FailNext(nameof(ISendStore.SaveIntentAsync), isDone: false);
        await SayAsync(shop, "Hi");
        for (var i = 0; i < 4; i++)
        {
            await PassAsync(shop, Duration.FromMinutes(1));
        }

        shop.Sent.Should().ContainSingle("its event comes again, and without the claim it would go with each try");
    }

    [Theory]
    [InlineData(nameof(ISendStore.TakeKeyAsync), true)]
    [InlineData(nameof(ISendStore.TakeKeyAsync), false)]
    [InlineData(nameof(ISendStore.ReleaseKeyAsync), true)]
    [InlineData(nameof(ISendStore.ReleaseKeyAsync), false)]
    public async Task IdempotencyKey_StoreReportsAFailure_IsNotLost(string write, bool isDone)
    {
        var (store, faults) = FaultyStore.Over((await CreateStoresAsync())[0]);
        await using var shop = await Shop.OpenAsync([store], static o => o.Guard.NoHistory = GuardChoice.Refuse);
        faults.FailNext(write, isDone);
        var isTaking = write == nameof(ISendStore.TakeKeyAsync);
        var first = () => shop.Conversation.SendAsync(Hello, Keyed, Token);
        if (isTaking)
        {
            await first.Should().ThrowAsync<StoreUnavailableException>();
        }
        else
        {
            (await first()).Should().BeOfType<SendOutcome.WindowClosed>();
        }

        await SayAsync(shop, "Hi");
        var outcome = await shop.Conversation.SendAsync(Hello, Keyed, Token);
        outcome.IsAccepted.Should().BeTrue();
        (await shop.Conversation.SendAsync(Hello, Keyed, Token)).MessageId.Should().Be(outcome.MessageId);
        shop.Sent.Should().ContainSingle();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fallback_StoreReportsAFailureWhenItIsClaimed_MayBeClaimedAgain(bool isDone)
    {
        var (store, faults) = FaultyStore.Over((await CreateStoresAsync())[0]);
        await using var shop = await Shop.OpenAsync([store], static o => o.Guard.NoHistory = GuardChoice.Refuse);
        faults.FailNext(nameof(ISendStore.ClaimFallbackAsync), isDone);
        (await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token)).Should().BeOfType<SendOutcome.WindowClosed>();
        (await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token)).Should().BeOfType<SendOutcome.TemplateSent>();
        shop.Sent.Should().ContainSingle();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Held_StoreReportsAFailureWhenItIsReleased_GoesOnce(bool isDone)
    {
        var (store, faults) = FaultyStore.Over((await CreateStoresAsync())[0]);
        await using var shop = await Shop.OpenAsync([store], static o => o.Guard.NoHistory = GuardChoice.Refuse);
        await shop.Conversation.SendAsync(Hello, new SendOptions { WhenReopened = ThreeDays }, Token);
        faults.FailNext(nameof(IHeldMessageStore.ReleaseHeldAsync), isDone);
        await SayAsync(shop, "Hi");
        for (var i = 0; i < 4; i++)
        {
            await PassAsync(shop, Duration.FromMinutes(1));
        }

        shop.Sent.Should().ContainSingle();
        (await shop.Conversation.ListHeldMessagesAsync(10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task Send_StoreReportsAFailureWhenItIsSaved_LeavesNothingPending()
    {
        var (store, faults) = FaultyStore.Over((await CreateStoresAsync())[0]);
        await using var shop = await Shop.OpenAsync([store]);
        await SayAsync(shop, "Hi");
        faults.FailNext(nameof(ISendStore.SaveIntentAsync), isDone: true);
        (await shop.Conversation.SendAsync(Hello, Token)).Should().BeOfType<SendOutcome.WindowClosed>();
        (await shop.Conversation.GetHistoryAsync(10, Token)).Should().ContainSingle(static line => !line.IsInbound).Which.State.Should().Be(IntentState.Failed);

        faults.FailNext(nameof(ISendStore.SaveIntentAsync), isDone: true);
        (await shop.Conversation.SendAsync(OrderShipped("42"), Token)).IsAccepted.Should().BeTrue();
        (await shop.Conversation.GetHistoryAsync(1, Token)).Should().ContainSingle().Which.State.Should().Be(IntentState.Accepted);
    }

    private sealed class OnceReadable(byte[] content) : MemoryStream(content)
    {
        public bool WasRead { get; private set; }

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override long Seek(long offset, SeekOrigin loc) => throw new NotSupportedException();

        public override int Read(Span<byte> buffer)
        {
            WasRead = true;
            return base.Read(buffer);
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            WasRead = true;
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
