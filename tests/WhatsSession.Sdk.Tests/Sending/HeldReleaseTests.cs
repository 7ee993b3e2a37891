using System.Net;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Sending;

/// <summary>The release of held messages while the store comes and goes: none is lost, none goes out twice.</summary>
[WithoutEmulator("A store that fails at chosen moments.")]
public sealed class HeldReleaseTests
{
    [Theory]
    [InlineData(nameof(IWhatsSessionStore.FindHeldAsync))]
    [InlineData(nameof(IWhatsSessionStore.ReadSendAsync))]
    [InlineData(nameof(IWhatsSessionStore.ReadAsync))]
    [InlineData(nameof(IWhatsSessionStore.ReleaseHeldAsync))]
    public async Task Release_StoreFailsBeforeTheRequest_GoesOutWhenItIsBack(string method)
    {
        await using var scene = await HoldAsync();
        scene.Store.Fail(method);
        await scene.ReceiveTextAsync("Yes?");
        await scene.Runtime.DrainAsync(TimeSpan.FromSeconds(30));
        scene.Http.Requests.Should().BeEmpty();

        scene.Store.Before = _ => Task.CompletedTask;
        await scene.AdvanceAsync(TimeSpan.FromSeconds(1));

        scene.Http.Requests.Should().ContainSingle();
        (await scene.Conversation.ListHeldMessagesAsync(10)).Should().BeEmpty();
    }

    [Fact]
    public async Task Release_StoreFailsAfterTheRequest_GoesOutOnce()
    {
        await using var scene = await HoldAsync();
        scene.Store.Fail(nameof(IWhatsSessionStore.TakeHeldAsync));
        await scene.ReceiveTextAsync("Yes?");
        await scene.Runtime.DrainAsync(TimeSpan.FromSeconds(30));
        scene.Http.Requests.Should().ContainSingle();

        scene.Store.Before = _ => Task.CompletedTask;
        await scene.ReceiveTextAsync("Hello?");
        await scene.AdvanceAsync(TimeSpan.FromSeconds(10));

        scene.Http.Requests.Should().ContainSingle();
        (await scene.Conversation.ListHeldMessagesAsync(10)).Should().BeEmpty();
    }

    [Fact]
    public async Task Expiry_StoreFailsBetween_IsToldOnce()
    {
        var expired = 0;
        await using var scene = await HoldAsync(builder => builder.On<HeldMessageExpired>("count", (_, _) =>
        {
            expired++;
            return Task.CompletedTask;
        }));
        scene.Store.Fail(nameof(IWhatsSessionStore.TakeHeldAsync));
        await scene.AdvanceAsync(TimeSpan.FromDays(3));
        scene.Store.Before = _ => Task.CompletedTask;

        await scene.AdvanceAsync(TimeSpan.FromSeconds(10));

        expired.Should().Be(1);
        (await scene.Conversation.ListHeldMessagesAsync(10)).Should().BeEmpty();
    }

    /// <summary>The notice is written before the message is taken out: a store that fails at the notice keeps the message.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Notice_StoreFailsAtIt_IsToldOnceAndNothingIsHeld(bool expires)
    {
        var told = 0;
        await using var scene = await HoldAsync(builder => builder.On<WhatsAppEvent>("count", (received, _) =>
        {
            told += received.Message is HeldMessageExpired or HeldMessageFailed ? 1 : 0;
            return Task.CompletedTask;
        }));
        var failures = 0;
        scene.Store.Before = method =>
            method == nameof(IWhatsSessionStore.EnqueueAsync) && failures++ == 0 ? throw new StoreUnavailableException("away") : Task.CompletedTask;
        if (expires)
        {
            await scene.AdvanceAsync(TimeSpan.FromDays(3));
        }
        else
        {
            scene.Http.AnswerWith(HttpStatusCode.BadRequest, """{"error":{"message":"(#131026) Undeliverable","code":131026}}""");
            await scene.ReceiveTextAsync("Yes?");
        }

        await scene.AdvanceAsync(TimeSpan.FromSeconds(1));
        await scene.AdvanceAsync(TimeSpan.FromMinutes(1));

        failures.Should().BePositive();
        told.Should().Be(1);
        (await scene.Conversation.ListHeldMessagesAsync(10)).Should().BeEmpty();
    }

    [Fact]
    public async Task Hold_CustomerWritesWhileItIsBeingHeld_GoesOutAtOnce()
    {
        await using var scene = await (await Scene.StartAsync()).WithHistoryAsync();
        scene.Store.Before = method =>
        {
            if (method != nameof(IWhatsSessionStore.HoldAsync))
            {
                return Task.CompletedTask;
            }

            scene.Store.Before = _ => Task.CompletedTask;
            return scene.ReceiveTextAsync("Yes?");
        };

        await scene.Conversation.SendAsync(Given.Text, new SendOptions { WhenReopened = WhenReopened.Hold(Duration.FromDays(3)) });
        await scene.DrainAsync();

        scene.Http.Requests.Should().ContainSingle();
    }

    // A machine that was paused between reading and writing, and another host that took the work over.
    [Fact]
    public async Task Release_LeaseRunsOutBeforeTheIntentIsStored_GoesOutOnce()
    {
        await using var scene = await HoldAsync();
        await using var other = await Scene.StartAsync(new HookedStore(scene.Store.Inner), scene.Clock);
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously), goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Store.Before = async method =>
        {
            if (method == nameof(IWhatsSessionStore.ReleaseHeldAsync))
            {
                reached.TrySetResult();
                await goOn.Task;
            }
        };
        other.Store.Fail(nameof(IWhatsSessionStore.ClaimAsync));
        await scene.ReceiveTextAsync("Yes?");
        await reached.Task;
        scene.Store.Fail(nameof(IWhatsSessionStore.ClaimAsync));
        other.Store.Before = _ => Task.CompletedTask;
        scene.Clock.Advance(TimeSpan.FromMinutes(30));
        await other.DrainAsync();
        other.Http.Requests.Should().ContainSingle();

        goOn.SetResult();
        scene.Store.Before = _ => Task.CompletedTask;
        await scene.DrainAsync();

        scene.Http.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Hold_FallbackThatCannotBeUploaded_KeepsNothing()
    {
        await using var scene = await (await Scene.StartAsync()).WithHistoryAsync();
        var template = new TemplateMessage("t", "en") { Header = new TemplateHeader.Image(MediaSource.FromFile("/nowhere/at/all.png")) };

        var outcome = await scene.Conversation.SendAsync(Given.Text, new SendOptions { OrTemplate = template, WhenReopened = WhenReopened.Hold(Duration.FromDays(3)) });

        outcome.Should().BeOfType<SendOutcome.Invalid>();
        (await scene.Conversation.ListHeldMessagesAsync(10)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(IntentState.Pending, 0)]
    [InlineData(IntentState.Ambiguous, 0)]
    [InlineData(IntentState.Failed, 1)]
    public async Task Expiry_OfAMessageThatMayHaveGoneOut_IsNotTold(IntentState state, int told)
    {
        var expired = 0;
        await using var scene = await HoldAsync(builder => builder.On<HeldMessageExpired>("count", (_, _) =>
        {
            expired++;
            return Task.CompletedTask;
        }));
        var held = (await scene.Conversation.ListHeldMessagesAsync(10)).Single();
        (await scene.Store.Inner.ReleaseHeldAsync(held.Intent)).Should().BeTrue();
        await scene.Store.Inner.SettleIntentAsync(new SendSettlement(held.Id, state, Message: null));

        await scene.AdvanceAsync(TimeSpan.FromDays(3));

        expired.Should().Be(told);
        (await scene.Conversation.ListHeldMessagesAsync(10)).Should().BeEmpty();
    }

    [Fact]
    public async Task Release_RateLimitWhileTheStoreBlinks_GoesOutLater()
    {
        await using var scene = await HoldAsync();
        scene.Http.AnswerWith(HttpStatusCode.BadRequest, """{"error":{"message":"(#130429) Rate limit hit","code":130429}}""");
        var failures = 0;
        scene.Store.Before = method => method == nameof(IWhatsSessionStore.SettleIntentAsync) && failures++ < 2 ? throw new StoreUnavailableException("away") : Task.CompletedTask;
        await scene.ReceiveTextAsync("Yes?");
        await scene.DrainAsync();
        scene.Http.Requests.Should().ContainSingle();

        scene.Http.Answer = static (_, _) => Task.FromResult(StubHttp.Accepted());
        await scene.AdvanceAsync(TimeSpan.FromSeconds(6));

        scene.Http.Requests.Should().HaveCount(2);
        (await scene.Conversation.ListHeldMessagesAsync(10)).Should().BeEmpty();
    }

    [Fact]
    public async Task Release_AccountIsRestricted_GoesOutWhenThatIsOver()
    {
        await using var scene = await HoldAsync();
        (await scene.AcceptAsync(Sample.Utf8($$$"""
            {"object":"whatsapp_business_account","entry":[{"id":"{{{Given.Account}}}","time":{{{scene.Now.ToUnixTimeSeconds()}}},"changes":[{"field":"account_update","value":
            {"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_CUSTOMER_INITIATED_MESSAGING","expiration":{{{(scene.Now + Duration.FromHours(2)).ToUnixTimeSeconds()}}}}]}}]}]}
            """))).StatusCode.Should().Be(200);
        await scene.ReceiveTextAsync("Yes?");
        await scene.AdvanceAsync(TimeSpan.FromHours(1));
        scene.Http.Requests.Should().BeEmpty();

        await scene.AdvanceAsync(TimeSpan.FromHours(1));
        await scene.AdvanceAsync(TimeSpan.FromMinutes(15));

        scene.Http.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Release_AnsweredByTroubleAtMeta_IsNeitherSentAgainNorToldAsFailed()
    {
        var failed = 0;
        await using var scene = await HoldAsync(builder => builder.On<HeldMessageFailed>("count", (_, _) =>
        {
            failed++;
            return Task.CompletedTask;
        }));
        scene.Http.AnswerWith(HttpStatusCode.InternalServerError, """{"error":{"message":"Something went wrong","code":131000}}""");
        await scene.ReceiveTextAsync("Yes?");
        await scene.AdvanceAsync(TimeSpan.FromHours(1));
        await scene.ReceiveTextAsync("Hello?");
        await scene.DrainAsync();

        scene.Http.Requests.Should().ContainSingle("Meta may have it");
        failed.Should().Be(0);
        (await scene.Conversation.ListHeldMessagesAsync(10)).Should().BeEmpty();
    }

    private static async Task<Scene> HoldAsync(Action<WhatsSessionBuilder>? build = null)
    {
        var scene = await (await Scene.StartAsync(build)).WithHistoryAsync();
        var outcome = await scene.Conversation.SendAsync(Given.Text, new SendOptions { WhenReopened = WhenReopened.Hold(Duration.FromDays(3)) });
        outcome.Should().BeOfType<SendOutcome.WindowClosed>().Which.HeldMessage.Should().NotBeNull();
        return scene;
    }
}
