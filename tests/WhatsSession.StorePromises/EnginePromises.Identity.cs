using Microsoft.Extensions.DependencyInjection;

namespace WhatsSession.StorePromises;

/// <content>One customer under several identifiers.</content>
public abstract partial class EnginePromises
{
    private const string Dialled = "541155550123";
    private const string Canonical = "5491155550123";
    private const string FirstOwner = "US.11111111111111111111";
    private const string SecondOwner = "US.22222222222222222222";

    /// <summary>The shop's book has the number as people dial it, Meta's webhooks have its own form.</summary>
    [Fact]
    public async Task DialledNumber_AnswerNamesTheForm_IsOneConversation()
    {
        await using var shop = await OpenDialledAsync();
        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromHours(30));
        await shop.Meta.Customer(Canonical, "Eva").SaysAsync("Hola", Shop.Number);
        await shop.SettleAsync();
        var (byBook, byWebhook) = (shop.On(0, Dialled), shop.On(Other(shop), Canonical));
        (await byBook.GetWindowAsync(Token)).State.Should().Be(WindowState.NeverOpened, "nothing has named the mapping yet, and no digits are guessed");

        var outcome = await byBook.SendAsync(Hello, new SendOptions { OrTemplate = OrderShipped("42"), WhenReopened = ThreeDays }, Token);
        outcome.Should().BeOfType<SendOutcome.TemplateSent>().Which.HeldMessage.Should().NotBeNull("the message is kept before the customer is known by that number");
        await shop.SettleAsync();

        shop.Sent.Select(static sent => sent.Type).Should().Equal(["template", "text"], "the customer has written, so what was held goes out");
        (await byBook.ListHeldMessagesAsync(10, Token)).Should().BeEmpty();
        foreach (var side in (Conversation[])[byBook, byWebhook])
        {
            (await side.GetWindowAsync(Token)).State.Should().Be(WindowState.Open);
            (await side.GetHistoryAsync(10, Token)).Should().HaveCount(3);
        }

        (await byBook.SendAsync(Hello, Token)).IsAccepted.Should().BeTrue();
    }

    [Fact]
    public async Task DialledNumber_FallbackThroughBothForms_GoesOnce()
    {
        await using var shop = await OpenDialledAsync();
        await shop.Meta.Customer(Canonical, "Eva").SaysAsync("Hola", Shop.Number);
        await shop.SettleAsync();
        (await shop.On(0, Dialled).SendAsync(OrderShipped("41"), Token)).IsAccepted.Should().BeTrue();
        await shop.PassAsync(Duration.FromHours(25));

        (await shop.On(0, Dialled).SendAsync(Hello, OrderShipped("42"), Token)).Should().BeOfType<SendOutcome.TemplateSent>();
        (await shop.On(Other(shop), Canonical).SendAsync(Hello, OrderShipped("42"), Token))
            .Should().BeOfType<SendOutcome.WindowClosed>().Which.FallbackAlreadySent.Should().BeTrue();
        shop.Sent.Should().HaveCount(2);
    }

    /// <summary>The answer got lost; the statuses of the send name the form as well.</summary>
    [Fact]
    public async Task DialledNumber_StatusNamesTheForm_IsOneConversation()
    {
        await using var shop = await OpenDialledAsync();
        await shop.Meta.Customer(Canonical, "Eva").SaysAsync("Hola", Shop.Number);
        await shop.SettleAsync();
        shop.Meta.Faults.FailNext(Emulator.ResponseFault.DropAfterAccepting, 1);
        (await shop.On(0, Dialled).SendAsync(OrderShipped("41"), Token)).Should().BeOfType<SendOutcome.Ambiguous>();
        await shop.SettleAsync();

        (await shop.On(Other(shop), Dialled).GetWindowAsync(Token)).State.Should().Be(WindowState.Open);
        (await shop.On(0, Canonical).GetHistoryAsync(10, Token)).Should().HaveCount(2);
    }

    [Fact]
    public async Task DialledNumber_Erased_IsErasedUnderBothForms()
    {
        await using var shop = await OpenDialledAsync(static o => o.Guard.NoHistory = GuardChoice.Refuse);
        await shop.Meta.Customer(Canonical, "Eva").SaysAsync("Hola", Shop.Number);
        await shop.SettleAsync();
        await shop.On(0, Dialled).SendAsync(OrderShipped("41"), Token);
        await shop.SettleAsync();
        await shop.PassAsync(Duration.FromMinutes(1));

        await shop.On(0, Canonical).EraseAsync(Token);

        foreach (var number in (string[])[Dialled, Canonical])
        {
            (await shop.On(Other(shop), number).GetHistoryAsync(10, Token)).Should().BeEmpty();
            (await shop.On(Other(shop), number).GetWindowAsync(Token)).MaySend.Should().BeFalse();
        }
    }

    /// <summary>The phone had two owners; whoever writes by it now, without a user id, proves by that message that its window is open.</summary>
    [Fact]
    public async Task RecycledPhone_WritesByPhoneAlone_ItsHandlersReplyIsAnswered()
    {
        await using var shop = await OpenAsync(build: static (builder, _) => builder.OnMessage<TextReceived>(
            "reply", async (message, cancellationToken) =>
            {
                if (message.Message.Text == "Anybody?")
                {
                    await message.ReplyAsync("On it!", cancellationToken);
                }
            }));
        await InboundAsync(shop, "wamid.1", Shop.Phone, FirstOwner, "First owner");
        await InboundAsync(shop, "wamid.2", Shop.Phone, SecondOwner, "Second owner");
        await shop.PassAsync(Duration.FromHours(30));

        // Meta knows the customer; its own webhook, which names a user id, stays away.
        shop.Meta.ConnectWebhook(static (_, _) => Task.FromResult(200));
        await shop.Customer.SaysAsync("Anybody?", Shop.Number);
        await InboundAsync(shop, "wamid.3", Shop.Phone, userId: null, "Anybody?");

        shop.Sent.Should().ContainSingle().Which.Json.Should().Contain("On it!");
        (await shop.On(Other(shop)).GetWindowAsync(Token)).State.Should().Be(WindowState.Open);
        (await shop.On(Other(shop)).GetHistoryAsync(10, Token)).Select(static line => line.IsInbound).Should().Equal(false, true);
        (await shop.On(0, FirstOwner).GetHistoryAsync(10, Token)).Should().ContainSingle();
        (await shop.On(0, SecondOwner).GetHistoryAsync(10, Token)).Should().ContainSingle();
    }

    /// <summary>Both notices of a new user id, as Meta sends them since August 2026: with the phone number, and of a customer who hides it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CustomerChangesTheNumber_SharesWindowHeldMessagesAndFallbacksWithTheFormerUserId(bool hidesPhone)
    {
        await using var shop = await OpenAsync(static o => o.Guard.NoHistory = GuardChoice.Refuse);
        var customer = shop.Customer;
        if (hidesPhone)
        {
            customer.HidesPhoneBehind("marta.quill");
        }

        await shop.CloseAsync();
        var former = shop.On(0, customer.UserId);
        var kept = (await former.SendAsync(Hello, new SendOptions { OrTemplate = OrderShipped("42"), WhenReopened = ThreeDays }, Token)).Should().BeOfType<SendOutcome.TemplateSent>().Subject;
        await customer.ChangesNumberAsync("15550004321", Token);
        await shop.SettleAsync();

        shop.Saw<SystemReceived>().Should().ContainSingle().Which.Notice.Name.Should().Be(hidesPhone ? "user_changed_user_id" : "user_changed_number");
        var current = shop.On(Other(shop), customer.UserId);
        (await current.SendAsync(Hello, OrderShipped("42"), Token)).Should().BeOfType<SendOutcome.WindowClosed>().Which.FallbackAlreadySent.Should().BeTrue();
        (await current.ListHeldMessagesAsync(10, Token)).Should().ContainSingle().Which.Id.Should().Be(kept.HeldMessage!.Value);
        (await current.CancelHeldMessageAsync(kept.HeldMessage!.Value, Token)).Should().BeTrue();
        await customer.SaysAsync("Yes?", Shop.Number, Token);
        await shop.SettleAsync();
        (await former.GetWindowAsync(Token)).State.Should().Be(WindowState.Open);
        (await former.GetHistoryAsync(10, Token)).Count(static line => line.IsInbound).Should().Be(3, "the notice is among them");
        (await current.GetHistoryAsync(10, Token)).Should().HaveCount(4);
        shop.Saw<IdentityConflict>().Should().BeEmpty();
    }

    private Task<Shop> OpenDialledAsync(Action<WhatsSessionOptions>? options = null) => OpenAsync(options, static (builder, _) =>
        builder.Services.AddHttpClient("WhatsSession").AddHttpMessageHandler(static () => new DialledOtherwise(Dialled, Canonical)));
}
