using NodaTime;
using WhatsSession.Emulator;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Sending;

/// <summary>The consequences of a refusal by status while the store comes and goes: none is lost, none is drawn twice.</summary>
public sealed class RefusalReplayTests
{
    private static readonly TemplateMessage Fallback = new("order_shipped", "en_US", "42");

    private static readonly SendOptions HeldWithFallback = new() { OrTemplate = Fallback, WhenReopened = WhenReopened.Hold(TimeSpan.FromDays(1)) };

    [Theory]
    [InlineData(nameof(IWhatsSessionStore.SettleIntentAsync))]
    [InlineData(nameof(IWhatsSessionStore.EnqueueAsync))]
    [InlineData(nameof(IWhatsSessionStore.HoldAsync))]
    [InlineData(nameof(IWhatsSessionStore.ClaimFallbackAsync))]
    [InlineData(nameof(IWhatsSessionStore.ReadSendAsync))]
    public async Task Refused_StoreFailsAtOneStep_EverythingFollowsWhenItIsBack(string method)
    {
        var refusals = 0;
        await using var scene = await StartAsync(builder => builder.On<SessionMessageRefused>("count", (_, _) =>
        {
            refusals++;
            return Task.CompletedTask;
        }));
        await SendRefusedAsync(scene);
        scene.Store.Fail(method);
        scene.Meta.Faults.HoldWebhooks = false;
        await scene.DrainAsync();

        scene.Store.Before = _ => Task.CompletedTask;
        await scene.AdvanceAsync(TimeSpan.FromSeconds(1));

        SentBy(scene).Should().Equal("text", "template");
        refusals.Should().Be(1);
        (await scene.Conversation.ListHeldMessagesAsync(10)).Should().ContainSingle();
        (await scene.Conversation.GetWindowAsync()).MaySend.Should().BeFalse();
    }

    [Fact]
    public async Task Refused_WorkComesAgain_HoldsAndSendsOnce()
    {
        await using var scene = await StartAsync();
        await SendRefusedAsync(scene);
        scene.Store.Fail(nameof(IWhatsSessionStore.MarkHandledAsync), nameof(IWhatsSessionStore.FinishAsync));
        scene.Meta.Faults.HoldWebhooks = false;
        await scene.Meta.SettleAsync();
        await scene.Runtime.DrainAsync(TimeSpan.FromSeconds(30));
        scene.Store.Before = _ => Task.CompletedTask;
        (await scene.Conversation.ListHeldMessagesAsync(10)).Should().ContainSingle();
        await scene.SaysAsync("Yes?");
        await scene.DrainAsync();

        // The lease of what could not be finished has run out.
        await scene.AdvanceAsync(TimeSpan.FromHours(1));

        SentBy(scene).Should().BeEquivalentTo("text", "template", "text");
        (await scene.Conversation.ListHeldMessagesAsync(10)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(nameof(IWhatsSessionStore.ReadAsync))]
    [InlineData(nameof(IWhatsSessionStore.TakeRetryAsync))]
    public async Task SecondTry_StoreFailsBeforeIt_IsMadeWhenItIsBack(string method)
    {
        await using var scene = await StartAsync();
        await scene.Conversation.RecordCustomerMessageAsync(NowOf(scene));
        await scene.Conversation.SendAsync(Given.Text, Fallback);
        await scene.DrainAsync();
        await scene.SaysAsync("hello");
        await scene.DrainAsync();
        scene.Store.Fail(method);
        await scene.AdvanceAsync(TimeSpan.FromSeconds(10));

        scene.Store.Before = _ => Task.CompletedTask;
        await scene.AdvanceAsync(TimeSpan.FromSeconds(1));

        SentBy(scene).Should().Equal("text", "text");
    }

    [Fact]
    public async Task SecondTry_StoreIsAwayForADay_IsGivenUp()
    {
        await using var scene = await StartAsync();
        await scene.Conversation.RecordCustomerMessageAsync(NowOf(scene));
        await scene.Conversation.SendAsync(Given.Text, Fallback);
        await scene.DrainAsync();
        scene.Store.Fail(nameof(IWhatsSessionStore.TakeRetryAsync));
        for (var hours = 0; hours < 36; hours += 12)
        {
            await scene.SaysAsync("hello");
            await scene.AdvanceAsync(TimeSpan.FromHours(12));
        }

        scene.Store.Before = _ => Task.CompletedTask;
        await scene.SaysAsync("hello");
        await scene.AdvanceAsync(TimeSpan.FromSeconds(20));

        SentBy(scene).Should().Equal(["text", "template"], "a text of a day and a half ago is not what the customer waits for");
    }

    // A deployment that had a handler of statuses, and is gone or has dropped it.
    [Fact]
    public async Task Refused_StatusesAreTakenByNobodyHere_EverythingFollowsAllTheSame()
    {
        await using var scene = await Scene.StartAsync();
        await scene.Store.Inner.ClaimAsync(new ClaimRequest(scene.Now, Duration.FromMinutes(1), Limit: 0) { Lanes = EventLanes.Of(EventLane.Status) });
        await SendRefusedAsync(scene, number: Given.Number.Value);

        await scene.DrainAsync();

        scene.Http.Requests.Select(static request => request.Type).Should().Equal("text", "template");
    }

    [Fact]
    public async Task Refused_NumberThatNobodyKnows_HoldsNoStatusBack()
    {
        var seen = 0;
        await using var scene = await Scene.StartAsync(builder => builder.OnDelivery("count", (_, _) =>
        {
            seen++;
            return Task.CompletedTask;
        }));
        await SendRefusedAsync(scene, number: "999");
        await scene.DrainAsync();
        seen.Should().Be(1);
    }

    [Fact]
    public async Task Refused_CustomerIsErasedMeanwhile_NothingOfTheMessageIsTold()
    {
        var told = 0;
        await using var scene = await Scene.StartAsync(builder => builder.On<SessionMessageRefused>("count", (_, _) =>
        {
            told++;
            return Task.CompletedTask;
        }));
        await SendRefusedAsync(scene, Given.Number.Value, beforeTheRefusal: () => scene.Store.Before = async method =>
        {
            if (method == nameof(IWhatsSessionStore.SettleIntentAsync))
            {
                scene.Store.Before = _ => Task.CompletedTask;
                await scene.Store.Inner.EraseAsync(Given.Key, scene.Now);
            }
        });

        await scene.DrainAsync();

        told.Should().Be(0);
        scene.Http.Requests.Should().ContainSingle("its fallback went with it");
        (await scene.Conversation.GetHistoryAsync(10)).Should().BeEmpty();
    }

    /// <summary>A message that Meta accepts, and a status that refuses it.</summary>
    private static async Task SendRefusedAsync(Scene scene, string number, Action? beforeTheRefusal = null)
    {
        await scene.Conversation.RecordCustomerMessageAsync(scene.Now - Duration.FromHours(2));
        (await scene.Conversation.SendAsync(Given.Text, Given.Template)).Should().BeOfType<SendOutcome.Accepted>();
        beforeTheRefusal?.Invoke();
        var data = System.Text.Json.Nodes.JsonNode.Parse(scene.Http.Requests[^1].Body)!["biz_opaque_callback_data"]!.GetValue<string>();
        (await scene.AcceptAsync(Sample.Utf8($$$"""
            {"object":"whatsapp_business_account","entry":[{"id":"{{{Given.Account}}}","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"{{{number}}}"},
            "statuses":[{"id":"{{{StubHttp.AcceptedId}}}","status":"failed","timestamp":"{{{scene.Now.ToUnixTimeSeconds()}}}","recipient_id":"{{{Given.Phone}}}","biz_opaque_callback_data":"{{{data}}}",
            "errors":[{"code":131047,"title":"Re-engagement message"}]}]}}]}]}
            """))).Should().Be(new AcceptResult(200, 1));
    }

    private static async Task<EmulatedScene> StartAsync(Action<WhatsSessionBuilder>? build = null)
    {
        var scene = await EmulatedScene.StartAsync(build);
        scene.Meta.RefusalMode = RefusalMode.Asynchronous;
        return scene;
    }

    /// <summary>A message that Meta accepts, although the window is closed, and whose refusal is still on its way.</summary>
    private static async Task SendRefusedAsync(EmulatedScene scene)
    {
        scene.Meta.Faults.HoldWebhooks = true;
        await scene.Conversation.RecordCustomerMessageAsync(NowOf(scene) - Duration.FromHours(2));
        (await scene.Conversation.SendAsync(Given.Text, HeldWithFallback)).Should().BeOfType<SendOutcome.Accepted>();
    }

    private static Instant NowOf(EmulatedScene scene) => Instant.FromDateTimeOffset(scene.Meta.Clock.GetUtcNow());

    private static IEnumerable<string?> SentBy(EmulatedScene scene) => scene.Meta.Requests.Where(static request => request.MessageId is not null).Select(static request => request.Type);
}
