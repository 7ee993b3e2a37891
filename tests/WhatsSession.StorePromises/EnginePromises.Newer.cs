using System.Collections.Concurrent;

namespace WhatsSession.StorePromises;

/// <content>Answers that go only if the customer has not written since.</content>
public abstract partial class EnginePromises
{
    private static readonly SendOptions Newest = new() { OnlyIfNothingNewer = true };

    [Fact]
    public async Task OnlyIfNothingNewer_CustomerWritesWhileTheHandlerThinks_IsOvertakenAndTheNextAnswerGoes()
    {
        var outcomes = new ConcurrentQueue<SendOutcome>();
        await using var shop = await OpenAsync(build: (builder, shop) => builder.OnMessage<TextReceived>(async (m, ct) =>
        {
            if (m.Message.Text == "one")
            {
                await shop.Customer.SaysAsync("two", Shop.Number, ct);
                await shop.Meta.SettleAsync(ct);
            }

            outcomes.Enqueue(await m.ReplyAsync(new TextMessage($"To {m.Message.Text}"), Newest, ct));
        }));

        await shop.CustomerSaysAsync("one");

        outcomes.Should().HaveCount(2);
        outcomes.First().Should().BeOfType<SendOutcome.Overtaken>();
        TextsOf(shop).Should().Equal("To two");
    }

    [Fact]
    public async Task OnlyIfNothingNewer_SeveralMessagesOfOneSecond_TheLastIsAnswered()
    {
        var outcomes = new ConcurrentQueue<SendOutcome>();
        await using var shop = await OpenAsync(build: (builder, _) =>
            builder.OnMessage<TextReceived>(async (m, ct) => outcomes.Enqueue(await m.Conversation.SendAsync(new TextMessage($"To {m.Message.Text}"), Newest, ct))));
        await shop.CustomerSaysAsync("one");
        await shop.CustomerSaysAsync("two");

        TextsOf(shop).Should().Equal("To one", "To two");
        outcomes.Should().AllBeOfType<SendOutcome.Accepted>();
    }

    [Fact]
    public async Task OnlyIfNothingNewer_ReplyThatWentBeforeItsHandlerFailed_IsNotSaidToBeOvertaken()
    {
        var outcomes = new ConcurrentQueue<SendOutcome>();
        await using var shop = await OpenAsync(build: (builder, shop) => builder.OnMessage<TextReceived>(async (m, ct) =>
        {
            outcomes.Enqueue(await m.ReplyAsync(new TextMessage($"To {m.Message.Text}"), Newest, ct));
            FailIf(m.Attempt == 1 && m.Message.Text == "one");
        }));

        await shop.CustomerSaysAsync("one");
        await shop.CustomerSaysAsync("two");
        await shop.PassAsync(Duration.FromSeconds(1));

        TextsOf(shop).Should().Equal("To one", "To two");
        outcomes.Should().AllBeOfType<SendOutcome.Accepted>();
    }

    [Fact]
    public async Task OnlyIfNothingNewer_RefusalsAreThrown_IsNoRefusal()
    {
        var attempts = 0;
        await using var shop = await OpenAsync(
            static o => o.ThrowOnRefusal = true,
            (builder, shop) => builder.OnMessage<TextReceived>(async (m, ct) =>
            {
                if (m.Message.Text == "one")
                {
                    attempts++;
                    await shop.Customer.SaysAsync("two", Shop.Number, ct);
                    await shop.Meta.SettleAsync(ct);
                }

                await m.ReplyAsync(new TextMessage($"To {m.Message.Text}"), Newest, ct);
            }));

        await shop.CustomerSaysAsync("one");
        await shop.PassAsync(Duration.FromSeconds(1));

        attempts.Should().Be(1);
        TextsOf(shop).Should().Equal("To two");
    }

    [Fact]
    public async Task OnlyIfNothingNewer_OutsideAHandler_SaysWhere()
    {
        await using var shop = await OpenAsync();
        var send = () => shop.Conversation.SendAsync(Hello, Newest, Token);
        (await send.Should().ThrowAsync<ArgumentException>()).WithMessage("OnlyIfNothingNewer is true outside a handler*");
    }

    [Fact]
    public async Task OnlyIfNothingNewer_WithAHeldMessage_SaysThatTheyContradict()
    {
        ArgumentException? refusal = null;
        await using var shop = await OpenAsync(build: (builder, _) => builder.OnMessage<TextReceived>(async (m, ct) =>
        {
            var send = () => m.ReplyAsync(Hello, Newest with { WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(1)) }, ct);
            refusal = (await send.Should().ThrowAsync<ArgumentException>()).Which;
        }));

        await shop.CustomerSaysAsync();

        refusal!.Message.Should().StartWith("OnlyIfNothingNewer and WhenReopened.Hold contradict");
    }
}
