using Microsoft.Extensions.DependencyInjection;

namespace WhatsSession.StorePromises;

/// <content>Fallback templates.</content>
public abstract partial class EnginePromises
{
    [Fact]
    public async Task Fallback_64ConcurrentSendersOnAClosedWindow_SendOneTemplate()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => shop.On(i % shop.Hosts.Count).SendAsync(Hello, OrderShipped("42"), Token), Token)));

        outcomes.OfType<SendOutcome.TemplateSent>().Should().ContainSingle();
        outcomes.OfType<SendOutcome.WindowClosed>().Should().HaveCount(63).And.OnlyContain(static closed => closed.FallbackAlreadySent == true);
        shop.Sent.Should().ContainSingle();
    }

    [Fact]
    public async Task Fallback_OtherParameters_IsAnotherTemplate()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();

        (await shop.Conversation.SendAsync(Hello, OrderShipped("42"), Token)).Should().BeOfType<SendOutcome.TemplateSent>();
        (await shop.On(Other(shop)).SendAsync(Hello, OrderShipped("43"), Token)).Should().BeOfType<SendOutcome.TemplateSent>();
        (await shop.On(Other(shop)).SendAsync(Hello, OrderShipped("42"), Token)).Should().BeOfType<SendOutcome.WindowClosed>();
    }

    [Fact]
    public async Task Fallback_OfTheNumberWithText_CarriesTheTextOnOneLine()
    {
        await using var shop = await OpenAsync(static o =>
        {
            o.Numbers["support"].Fallback.Template = "we_wrote";
            o.Numbers["support"].Fallback.Language = "en_US";
            o.Numbers["support"].Fallback.WithText = true;
        });
        await shop.CloseAsync();

        (await shop.Conversation.SendAsync(new TextMessage("Your parcel left.\n\tIt arrives      tomorrow."), Token)).Should().BeOfType<SendOutcome.TemplateSent>();

        shop.Sent.Should().ContainSingle().Which.Json.Should().Contain("\"Your parcel left. It arrives tomorrow.\"");
        (await shop.Conversation.SendAsync(new LocationMessage(52.5, 13.4), Token)).Should().BeOfType<SendOutcome.WindowClosed>().Which.FallbackAlreadySent.Should().BeNull("it has no text to carry");
    }

    [Fact]
    public async Task Fallback_ThatBreaksALimit_IsInvalidBeforeAnythingIsClaimed()
    {
        await using var shop = await OpenAsync();
        await shop.CloseAsync();
        var tooLong = new TextMessage(new string('x', 4096));

        (await shop.Conversation.SendAsync(tooLong, new SendOptions { OrTextIn = new TextFallback("we_wrote", "en_US") }, Token))
            .Should().BeOfType<SendOutcome.Invalid>().Which.Violations.Should().ContainSingle().Which.Path.Should().StartWith("orTemplate.");
        (await shop.Conversation.SendAsync(Hello, new SendOptions { OrTextIn = new TextFallback("We Wrote", "en_US") }, Token)).Should().BeOfType<SendOutcome.Invalid>();

        shop.Sent.Should().BeEmpty();
        shop.Meta.Clock.Advance(TimeSpan.FromMinutes(10));
        (await shop.Hosts[0].AbandonedFallbacks.ListAsync(10, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task Fallback_CallerGivesUpWhenMetaHasIt_IsNotSentAgain()
    {
        using var caller = new CancellationTokenSource();
        await using var shop = await OpenAsync(build: (builder, _) => builder.Services.AddHttpClient("WhatsSession").AddHttpMessageHandler(() => new GivesUpAfterTheRequest(caller)));
        await shop.CloseAsync();
        var first = async () => await shop.Conversation.SendAsync(Hello, OrderShipped("42"), caller.Token);
        await first.Should().ThrowAsync<OperationCanceledException>();

        var second = await shop.On(Other(shop)).SendAsync(Hello, OrderShipped("42"), Token);

        second.Should().BeOfType<SendOutcome.WindowClosed>().Which.FallbackAlreadySent.Should().BeTrue();
        shop.Sent.Should().ContainSingle();
    }

    /// <summary>Lets Meta have the request and then ends the caller's patience, once.</summary>
    private sealed class GivesUpAfterTheRequest(CancellationTokenSource caller) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (!caller.IsCancellationRequested)
            {
                response.Dispose();
                await caller.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
            }

            return response;
        }
    }
}
